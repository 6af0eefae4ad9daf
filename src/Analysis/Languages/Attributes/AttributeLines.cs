using System.Text;

namespace Rialto.Analysis;

/// <summary>One line of an attributes file.</summary>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Values">Attribute to value: <c>true</c>, <c>false</c>, a text, or null when it is taken back (<c>!attr</c>).</param>
internal sealed record AttributeLine(AttributePattern Pattern, IReadOnlyList<KeyValuePair<string, string?>> Values);

/// <summary>Reads attributes files, keeping only the attributes that speak about languages.</summary>
internal static class AttributeLines
{
    /// <summary>Lines that say something about languages, in file order.</summary>
    /// <param name="content">Text of the file.</param>
    /// <param name="folder">Its folder, with a slash at the end; empty at the root.</param>
    /// <param name="macros">Macros known so far; those of the root file are added, as Git allows them only there.</param>
    public static List<AttributeLine> Read(ReadOnlySpan<byte> content, string folder, Dictionary<string, List<KeyValuePair<string, string?>>> macros)
    {
        var lines = new List<AttributeLine>();
        foreach (var raw in Encoding.UTF8.GetString(content).Split('\n'))
        {
            var line = raw.Trim(' ', '\t', '\r', '\ufeff');
            if (line.Length == 0 || line[0] == '#') continue;
            var (pattern, rest) = Cut(line);
            var values = Values(rest, macros);
            if (values.Count == 0) continue;
            if (pattern.StartsWith("[attr]", StringComparison.Ordinal))
            {
                if (folder.Length == 0) macros[pattern["[attr]".Length..]] = values;
            }
            else if (!pattern.StartsWith('!') && !pattern.EndsWith('/'))
                lines.Add(new AttributeLine(new AttributePattern(pattern, folder), values));
        }
        return lines;
    }

    private static (string Pattern, string Attributes) Cut(string line)
    {
        if (line[0] == '"' && Quoted(line, out var length) is { } quoted) return (quoted, line[length..]);
        var space = line.AsSpan().IndexOfAny(' ', '\t');
        return space < 0 ? (line, "") : (line[..space], line[space..]);
    }

    private static string? Quoted(string line, out int length)
    {
        var text = new StringBuilder();
        for (length = 1; length < line.Length; length++)
        {
            if (line[length] == '"') { length++; return text.ToString(); }
            if (line[length] == '\\' && length + 1 < line.Length) length++;
            text.Append(line[length]);
        }
        return null;
    }

    private static List<KeyValuePair<string, string?>> Values(string text, Dictionary<string, List<KeyValuePair<string, string?>>> macros)
    {
        var values = new List<KeyValuePair<string, string?>>();
        foreach (var word in text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=');
            var name = equals > 0 ? word[..equals] : word.TrimStart('-', '!');
            var value = equals > 0 ? word[(equals + 1)..] : word[0] switch { '-' => "false", '!' => null, _ => "true" };
            if (name.StartsWith("linguist-", StringComparison.Ordinal) || name == "filter") values.Add(new(name, value));
            else if (word[0] is not ('-' or '!') && macros.TryGetValue(name, out var macro)) values.AddRange(macro);
        }
        return values;
    }
}
