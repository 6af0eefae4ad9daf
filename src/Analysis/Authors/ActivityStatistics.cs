using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>How much was done, and when.</summary>
internal static class ActivityStatistics
{
    private const int Weeks = 52;

    /// <summary>Commits counted by the 52 weeks that end with the analysed commit.</summary>
    /// <param name="commits">The history.</param>
    /// <param name="identity">The analysed commit.</param>
    /// <param name="limit">How many commits were asked for; when that many came there may be more.</param>
    public static ActivityFacts Compute(IReadOnlyList<SourceCommit> commits, SourceIdentity identity, int limit)
    {
        var weekly = new int[Weeks];
        foreach (var commit in commits)
        {
            // An author's clock may be ahead of the committer's; such a commit belongs to the last week.
            var ago = Math.Max(0, (identity.CommittedAt - commit.AuthoredAt).TotalDays / 7);
            if (ago < Weeks) weekly[Weeks - 1 - (int)ago]++;
        }
        return new ActivityFacts
        {
            Commits = commits.Count,
            IsPartial = identity.IsShallow || commits.Count >= limit,
            FirstAt = commits.Count > 0 ? commits.Min(c => c.AuthoredAt) : null,
            LastAt = commits.Count > 0 ? commits.Max(c => c.AuthoredAt) : null,
            Weekly = weekly,
        };
    }
}
