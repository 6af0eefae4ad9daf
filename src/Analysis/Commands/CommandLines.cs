using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Command lines as documents print them, cleaned: prompts, comments and outputs removed, continued lines joined.</summary>
internal static class CommandLines
{
    private const int MaxLength = 240;

    /// <summary>The commands of a block of shell text, each with its offset in lines.</summary>
    public static IEnumerable<(string Text, int Offset)> Of(string code)
    {
        var lines = code.Split('\n');
        var hasPrompts = lines.Any(line => Prompt.IsMatch(line));
        for (var i = 0; i < lines.Length; i++)
        {
            var start = i;
            var line = lines[i].Trim();
            if (line.Length == 0 || (hasPrompts && !Prompt.IsMatch(lines[i]))) continue;
            line = Prompt.Replace(line, "");
            if (line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal)) continue;
            while (line.EndsWith('\\') && i + 1 < lines.Length && line.Length < MaxLength) line = line[..^1].TrimEnd() + " " + lines[++i].Trim();
            line = Comment.Replace(line, "").Trim();
            if (line.Length is > 1 and <= MaxLength && !Placeholder.IsMatch(line)) yield return (line, start);
        }
    }

    private static readonly LinearPattern Prompt = new(@"^\s*(?:\$|%|>|PS>|PS C:\\>|❯|➜|C:\\>|PM>)\s+");
    private static readonly LinearPattern Comment = new(@"\s+#\s.*$|\s+//\s.*$");
    private static readonly LinearPattern Placeholder = new(@"<[A-Za-z][^>]*>|\{\{|\[redacted:|\.\.\.|…|/path/to/");
}
