using System.Text;
using System.Text.Json;

namespace Rialto.Analysis;

/// <summary>Reads JSON (comments and trailing commas allowed) into nodes with lines.</summary>
internal static class JsonReader
{
    /// <summary>The document, or null when it is not JSON or nested deeper than <see cref="Node.MaxDepth"/>.</summary>
    public static Node? Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Node.MaxDepth });
        var lines = new LineCounter(bytes);
        try { return reader.Read() ? Value(ref reader, ref lines) : null; }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) { return null; }
    }

    private static Node Value(ref Utf8JsonReader reader, ref LineCounter lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = Node.NewMap(line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    map.Map![key] = Value(ref reader, ref lines);
                }
                return map;
            case JsonTokenType.StartArray:
                var list = Node.NewList(line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.List!.Add(Value(ref reader, ref lines));
                return list;
            case JsonTokenType.String: return Node.NewScalar(line, reader.GetString());
            case JsonTokenType.Null: return Node.NewScalar(line, null, isText: false);
            default: return Node.NewScalar(line, Encoding.UTF8.GetString(reader.ValueSpan), isText: false);
        }
    }

    private ref struct LineCounter(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int counted;
        private int line = 1;

        public int At(long offset)
        {
            line += bytes[counted..(int)offset].Count((byte)'\n');
            counted = (int)offset;
            return line;
        }
    }
}
