namespace Rialto.Repositories;

/// <summary>Where the parts of this module come from.</summary>
public static class RepositoriesModule
{
    /// <summary>The reader of sources; keep one for the life of the process. Safe for concurrent use.</summary>
    public static ISourceReader CreateReader() => new SourceReader();
}
