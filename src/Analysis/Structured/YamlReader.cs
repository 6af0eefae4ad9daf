using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rialto.Analysis;

/// <summary>Reads YAML into nodes with lines. Anchors are not expanded (an alias is null), so no input grows when read.</summary>
internal static class YamlReader
{
    /// <summary>Largest document that is read, in characters.</summary>
    private const int MaxLength = 512 * 1024;

    /// <summary>The first document, or null when it is not YAML.</summary>
    public static Node? Read(string text) => ReadAll(text, 1).FirstOrDefault();

    /// <summary>At most <paramref name="limit"/> documents.</summary>
    public static IReadOnlyList<Node> ReadAll(string text, int limit)
    {
        var documents = new List<Node>();
        if (text.Length > MaxLength || Nesting(text) > Node.MaxDepth * 4) return documents;
        try
        {
            var parser = new Parser(new StringReader(text));
            while (documents.Count < limit && parser.MoveNext())
                if (parser.Current is DocumentStart && parser.MoveNext()) documents.Add(Value(parser, 0));
        }
        catch (YamlException) { }
        return documents;
    }

    /// <summary>Upper bound of the nesting of flow collections, checked first because the scanner keeps a stack per bracket.</summary>
    private static int Nesting(string text)
    {
        int depth = 0, deepest = 0;
        foreach (var letter in text)
        {
            if (letter is '[' or '{') deepest = Math.Max(deepest, ++depth);
            else if (letter is ']' or '}') depth = Math.Max(0, depth - 1);
        }
        return deepest;
    }

    private static Node Value(IParser parser, int depth)
    {
        if (depth > Node.MaxDepth) throw new YamlException("Nested too deeply.");
        var line = (int)parser.Current!.Start.Line;
        switch (parser.Current)
        {
            case MappingStart:
                var map = Node.NewMap(line);
                while (parser.MoveNext() && parser.Current is not MappingEnd)
                {
                    var key = Value(parser, depth + 1);
                    parser.MoveNext();
                    var value = Value(parser, depth + 1);
                    if (key.Scalar is not null) map.Map![key.Scalar] = value;
                }
                return map;
            case SequenceStart:
                var list = Node.NewList(line);
                while (parser.MoveNext() && parser.Current is not SequenceEnd) list.List!.Add(Value(parser, depth + 1));
                return list;
            case Scalar scalar: return Node.NewScalar(line, scalar.Value, scalar.Style != ScalarStyle.Plain);
            default: return Node.NewScalar(line, null, isText: false);
        }
    }
}
