namespace Rialto.Publishing;

/// <summary>Paths of files in a release.</summary>
internal static class SitePaths
{
    /// <summary>Insists on a relative path with <c>/</c> that stays inside the site.</summary>
    public static void Require(string path)
    {
        if (path.Length is 0 or > 1024 || path.Contains('\\') || path.Contains('\0') || path.Split('/').Any(segment => segment is "" or "." or ".."))
            throw new ArgumentException($"\"{path}\" is not a path inside the site.", nameof(path));
    }

    /// <summary>
    /// True when the name carries a hash of the content (<c>site.61edacebd5.css</c>, <c>app-3f2a9c41.js</c>): such a file never changes
    /// and may be kept by browsers for ever.
    /// </summary>
    public static bool IsHashed(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var dot = name.LastIndexOf('.');
        if (dot <= 0) return false;
        var stem = name[..dot];
        var hash = stem[(stem.LastIndexOfAny('.', '-', '_') + 1)..];
        return hash.Length >= 8 && hash.Length < stem.Length && !hash.ContainsAnyExcept("0123456789abcdef") && hash.ContainsAny("0123456789") && hash.ContainsAny("abcdef");
    }
}
