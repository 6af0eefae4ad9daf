using System.Text;

namespace Rialto.Analysis;

/// <summary>A character class of Git's patterns, <c>[a-z]</c>, <c>[!0-9]</c> or <c>[[:alpha:]_]</c>, as one of .NET. It never matches a slash.</summary>
/// <param name="Regex">The class for .NET.</param>
/// <param name="End">Position of its closing bracket.</param>
internal readonly record struct BracketClass(string Regex, int End)
{
    private static readonly Dictionary<string, string> Named = new()
    {
        ["alpha"] = "a-zA-Z", ["digit"] = "0-9", ["alnum"] = "a-zA-Z0-9", ["upper"] = "A-Z", ["lower"] = "a-z", ["space"] = @"\s",
        ["xdigit"] = "0-9a-fA-F", ["punct"] = @"!-.:-@\[-`{-~", ["blank"] = @" \t", ["cntrl"] = @"\x00-\x1f", ["print"] = " -.0-~", ["graph"] = "!-.0-~",
    };

    /// <summary>Reads the class that opens at a position; null when it is not closed or not valid (the bracket is then itself).</summary>
    public static BracketClass? Read(string pattern, int open)
    {
        var at = open + 1;
        var negated = at < pattern.Length && pattern[at] is '!' or '^';
        if (negated) at++;
        var text = new StringBuilder(negated ? "[^/" : "[");
        for (var first = true; at < pattern.Length; first = false)
        {
            if (pattern[at] == ']' && !first) return text.Length > 1 ? new BracketClass(text.Append(']').ToString(), at) : null;
            if (pattern.AsSpan(at).StartsWith("[:") && pattern.IndexOf(":]", at, StringComparison.Ordinal) is var close and > 0)
            {
                if (!Named.TryGetValue(pattern[(at + 2)..close], out var named)) return null;
                text.Append(named);
                at = close + 2;
                continue;
            }
            if (!Member(pattern, ref at, text)) return null;
        }
        return null;
    }

    private static bool Member(string pattern, ref int at, StringBuilder text)
    {
        if (!Character(pattern, ref at, out var from)) return false;
        if (at + 1 >= pattern.Length || pattern[at] != '-' || pattern[at + 1] == ']')
        {
            if (from != '/') text.Append(Escape(from));
            return true;
        }
        at++;
        if (!Character(pattern, ref at, out var to) || to < from) return false;
        text.Append(Escape(from)).Append('-').Append(Escape(to));
        return true;
    }

    private static bool Character(string pattern, ref int at, out char character)
    {
        if (at < pattern.Length && pattern[at] == '\\') at++;
        character = at < pattern.Length ? pattern[at++] : '\0';
        return character != '\0';
    }

    private static string Escape(char c) => $"\\u{(int)c:x4}";
}
