using System.Text.RegularExpressions;

namespace Rialto.Tidy;

/// <summary>What no committed text may say: places of somebody's machine.</summary>
internal static partial class Texts
{
    public static string[] Endings { get; } = [".md", ".cs", ".razor", ".csproj", ".props", ".json", ".sh", ".ts", ".mjs", ".js", ".css", ".sql", ".yml", ".yaml", ".txt"];

    public static IEnumerable<Finding> Check(string path, string text)
    {
        foreach (Match match in MachinePath().Matches(text))
            yield return new Finding(path, text.AsSpan(0, match.Index).Count('\n') + 1, "machine-path", $"\"{match.Value}\" exists on one machine only.", "write it relative to the checkout");
    }

    // Written so that it does not find itself.
    [GeneratedRegex(@"(?<![\w.~*}\]-])/(wor[k]|roo[t]|Users)/[\w.]+")]
    private static partial Regex MachinePath();
}
