using Rialto.Kernel;

namespace Rialto.Repositories.Refs;

/// <summary>The one name that is to be opened.</summary>
/// <param name="Name">Object name, whole or (when the user abbreviated it) its beginning.</param>
/// <param name="ShortName">Branch or tag as people say it; null for a bare commit or a detached HEAD.</param>
internal sealed record RefChoice(string Name, string? ShortName)
{
    // Git's own order, and then branches that only the remote has.
    private static readonly string[] Places = ["", "refs/", RefTable.Tags, RefTable.Branches, "refs/remotes/", "refs/remotes/origin/"];

    /// <exception cref="Refusal"><c>repository.empty</c>, <c>repository.unborn</c>, <c>repository.ref_not_found</c>.</exception>
    public static RefChoice Choose(string? wanted, RefTable refs)
    {
        if (wanted is null or "HEAD")
        {
            if (refs.Head is { } head) return new RefChoice(head, refs.HeadBranch);
            throw refs.Names.Count == 0
                ? new Refusal("repository.empty", "The repository has no commit yet; commit something and try again.")
                : new Refusal("repository.unborn", $"HEAD names the branch \"{refs.HeadBranch}\", which has no commit; name another with @: {string.Join(", ", refs.ShortNames.Take(3))}.");
        }
        foreach (var place in Places)
            if (refs.Names.TryGetValue(place + wanted, out var id)) return new RefChoice(id, wanted.StartsWith("refs/", StringComparison.Ordinal) ? Short(wanted) : wanted);
        if (RefName.IsShortId(wanted)) return new RefChoice(wanted.ToLowerInvariant(), null);
        throw NotFound(wanted, refs);
    }

    /// <summary>Nothing has this name.</summary>
    public static Refusal NotFound(string wanted, RefTable refs)
    {
        var question = NearNames.Question(wanted, refs.ShortNames);
        var advice = question.Length > 0 ? question : refs.HeadBranch is { } branch ? $"its default branch is {branch}." : "see git branch --all and git tag.";
        return new Refusal("repository.ref_not_found", $"The repository has no branch, tag or commit \"{wanted}\"; {advice}", 404);
    }

    private static string Short(string full) =>
        full.StartsWith(RefTable.Branches, StringComparison.Ordinal) || full.StartsWith(RefTable.Tags, StringComparison.Ordinal) ? full[(full.IndexOf('/', 5) + 1)..] : full[5..];
}
