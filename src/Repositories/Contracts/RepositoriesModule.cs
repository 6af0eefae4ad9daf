namespace Rialto.Repositories;

/// <summary>Where the parts of this module come from.</summary>
public static class RepositoriesModule
{
    /// <summary>The reader of sources; keep one for the life of the process. Safe for concurrent use.</summary>
    public static ISourceReader CreateReader() => new SourceReader();

    /// <summary>The writer of branches. Safe for concurrent use.</summary>
    /// <param name="limits">Which hosts may be reached; null for what the environment says.</param>
    public static IBranchWriter CreateBranchWriter(SourceLimits? limits = null) => new Pushing.BranchWriter(limits);
}
