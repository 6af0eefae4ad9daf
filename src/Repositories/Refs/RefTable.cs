namespace Rialto.Repositories.Refs;

/// <summary>What a repository's references say, read as data.</summary>
/// <param name="Head">Object name HEAD leads to; null when it names a branch that has no commit yet.</param>
/// <param name="HeadBranch">Branch HEAD names, without <c>refs/heads/</c>; null when detached.</param>
/// <param name="Names">Full reference name to object name.</param>
internal sealed record RefTable(string? Head, string? HeadBranch, IReadOnlyDictionary<string, string> Names)
{
    public const string Branches = "refs/heads/";
    public const string Tags = "refs/tags/";

    /// <summary>Short names of branches and tags, for suggestions.</summary>
    public IEnumerable<string> ShortNames => Names.Keys
        .Where(name => name.StartsWith(Branches, StringComparison.Ordinal) || name.StartsWith(Tags, StringComparison.Ordinal))
        .Select(name => name[(name.IndexOf('/', 5) + 1)..]);
}
