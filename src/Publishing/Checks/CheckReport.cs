namespace Rialto.Publishing;

/// <summary>What a look at a whole release found.</summary>
internal sealed record CheckReport
{
    public required Guid Release { get; init; }

    public DateTime CheckedAt { get; init; }

    /// <summary>Pages of the release.</summary>
    public required int Pages { get; init; }

    /// <summary>Pages looked at; fewer than there are on a very large site.</summary>
    public required int PagesChecked { get; init; }

    /// <summary>Links inside the site that were followed.</summary>
    public required int Links { get; init; }

    /// <summary>What the front page weighs with everything it names, as sent, in bytes.</summary>
    public required long FrontBytes { get; init; }

    /// <summary>The heaviest page.</summary>
    public required string HeaviestPage { get; init; }

    /// <summary>What it weighs with everything it names, as sent, in bytes.</summary>
    public required long HeaviestBytes { get; init; }

    /// <summary>Rule → how often it is broken. Rules are <c>link.*</c>, <c>weight.*</c>, <c>accessibility.*</c>, <c>header.*</c>.</summary>
    public required IReadOnlyDictionary<string, int> Problems { get; init; }

    /// <summary>The first findings of each rule.</summary>
    public required IReadOnlyList<CheckFinding> Findings { get; init; }
}

/// <param name="Rule">What is broken: <c>link.broken</c>.</param>
/// <param name="Page">Where.</param>
/// <param name="Detail">What exactly, and what to do.</param>
internal sealed record CheckFinding(string Rule, string Page, string Detail);

/// <summary>Collects findings: all are counted, the first of each rule are kept.</summary>
internal sealed class CheckFindings
{
    private const int KeptOfEach = 20, LongestDetail = 300;
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly List<CheckFinding> kept = [];

    public IReadOnlyDictionary<string, int> Counts => counts;

    public IReadOnlyList<CheckFinding> Kept => [.. kept.OrderBy(finding => finding.Rule, StringComparer.Ordinal)];

    public void Add(string rule, string page, string detail)
    {
        counts[rule] = counts.GetValueOrDefault(rule) + 1;
        if (counts[rule] <= KeptOfEach) kept.Add(new CheckFinding(rule, page, detail.Length > LongestDetail ? detail[..LongestDetail] + "…" : detail));
    }
}
