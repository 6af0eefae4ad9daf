namespace Rialto.Cli;

/// <summary>Where results are kept between runs.</summary>
internal static class CacheFolders
{
    /// <summary>Results of building sites, by content; safe to delete at any time.</summary>
    public static string Sites => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "rialto", "sites");
}
