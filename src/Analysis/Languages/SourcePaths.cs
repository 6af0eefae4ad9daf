using System.Buffers;
using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Paths that are not the project's own source by convention: vendored code and documentation.</summary>
internal sealed class SourcePaths
{
    private static readonly Lazy<SourcePaths> Vendored = new(() => new SourcePaths('V'));
    private static readonly Lazy<SourcePaths> Documentation = new(() => new SourcePaths('D'));

    private readonly Pattern[] patterns;
    private readonly SearchValues<string> needed;

    private SourcePaths(char kind)
    {
        patterns = [.. EmbeddedData.Lines("paths.txt").Where(line => line[0] == kind).Select(line => line.Split('\t')).Select(field => new Pattern(field[1], field[2]))];
        needed = SearchValues.Create([.. patterns.Select(p => p.Needed)], StringComparison.Ordinal);
    }

    public static bool IsVendored(string path) => Vendored.Value.Matches(path);

    public static bool IsDocumentation(string path) => Documentation.Value.Matches(path);

    /// <summary>Most paths contain none of the texts that the patterns need; only for the others is a pattern run.</summary>
    private bool Matches(string path) =>
        path.AsSpan().ContainsAny(needed) && Array.Exists(patterns, p => path.Contains(p.Needed, StringComparison.Ordinal) && p.Regex.IsMatch(path));

    private sealed record Pattern(string Needed, string Text)
    {
        public LinearPattern Regex { get; } = new(Text, RegexOptions.ExplicitCapture);
    }
}
