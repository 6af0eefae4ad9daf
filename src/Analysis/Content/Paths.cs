namespace Rialto.Analysis;

/// <summary>Paths inside a commit.</summary>
internal static class Paths
{
    /// <summary>The path that <paramref name="relative"/> names from <paramref name="folder"/> (empty or ending in a slash); null when it leaves the tree.</summary>
    public static string? Resolve(string folder, string relative)
    {
        var parts = new List<string>();
        if (relative.StartsWith('/')) folder = "";
        foreach (var part in (folder + relative).Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") { parts.Add(part); continue; }
            if (parts.Count == 0) return null;
            parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    /// <summary>
    /// The file of the commit that an address in a document means: relative, from the root, or on the repository's own host at any ref.
    /// Null when it is elsewhere or not there.
    /// </summary>
    public static string? Local(RepositoryContent content, string folder, string url)
    {
        var cut = url.IndexOfAny(['?', '#']);
        var plain = cut >= 0 ? url[..cut] : url;
        if (plain.StartsWith("//", StringComparison.Ordinal)) return null;
        if (!plain.Contains("://", StringComparison.Ordinal))
        {
            if (plain.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
            var path = Resolve(folder, Unescape(plain));
            return path is not null && content.Find(path) is not null ? path : null;
        }
        return Hosted(content, plain);
    }

    private static string? Hosted(RepositoryContent content, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return null;
        var parts = uri.AbsolutePath.Trim('/').Split('/').Select(Unescape).ToArray();
        var raw = uri.Host.Equals("raw.githubusercontent.com", StringComparison.OrdinalIgnoreCase);
        if (!raw && !(uri.Host is "github.com" or "www.github.com" or "gitlab.com" or "gitee.com" or "codeberg.org")) return null;
        if (parts.Length < 4 || !parts[1].Equals(content.Identity.Name, StringComparison.OrdinalIgnoreCase) || (content.Identity.Owner is { } owner && !parts[0].Equals(owner, StringComparison.OrdinalIgnoreCase))) return null;
        var rest = raw ? parts[2..] : parts[2] is "raw" or "blob" ? parts[3..] : parts[2] == "-" && parts.Length > 4 ? parts[4..] : [];
        // A ref may hold slashes, so the path begins after the first, second or third part.
        for (var skip = 1; skip <= 4 && skip < rest.Length; skip++)
            if (string.Join('/', rest[skip..]) is var path && content.Find(path) is not null) return path;
        return null;
    }

    private static string Unescape(string text)
    {
        try { return Uri.UnescapeDataString(text); }
        catch (UriFormatException) { return text; }
    }
}
