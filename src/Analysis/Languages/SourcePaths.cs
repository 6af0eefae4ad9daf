using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Paths that are not the project's own source by convention: vendored code and documentation.</summary>
internal static class SourcePaths
{
    /// <summary>Few enough patterns for one automaton to stay below the engine's size limit.</summary>
    private const int PatternsOfAutomaton = 48;

    private static readonly Lazy<Regex[]> Vendored = new(() => Load('V'));
    private static readonly Lazy<Regex[]> Documentation = new(() => Load('D'));

    public static bool IsVendored(string path) => Array.Exists(Vendored.Value, regex => regex.IsMatch(path));

    public static bool IsDocumentation(string path) => Array.Exists(Documentation.Value, regex => regex.IsMatch(path));

    /// <summary>A few automata for all patterns of a kind: each path is read a few times, whatever the number of patterns.</summary>
    private static Regex[] Load(char kind) =>
    [
        .. EmbeddedData.Lines("paths.txt").Where(line => line[0] == kind).Select(line => $"(?:{line[2..]})").Chunk(PatternsOfAutomaton)
            .Select(patterns => new Regex(string.Join('|', patterns), RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)),
    ];
}
