namespace Rialto.Publishing;

/// <summary>Which site, and which of its releases, a request asks for.</summary>
/// <param name="Site">Name of the site.</param>
/// <param name="Label">Label of the preview; null for what is live.</param>
internal readonly record struct SiteKey(string Site, string? Label)
{
    /// <summary>Longest label of a host name.</summary>
    public const int LongestLabel = 63;

    /// <summary>Reads <c>name</c> or <c>label--name</c>, as it stands before the base domain.</summary>
    public static SiteKey? FromHost(string host, string baseDomain)
    {
        if (host.Length <= baseDomain.Length + 1 || host[host.Length - baseDomain.Length - 1] != '.' || !host.EndsWith(baseDomain, StringComparison.OrdinalIgnoreCase)) return null;
        var first = host[..(host.Length - baseDomain.Length - 1)].ToLowerInvariant();
        if (first.Contains('.')) return null;
        var dashes = first.LastIndexOf("--", StringComparison.Ordinal);
        return dashes <= 0 ? new SiteKey(first, null) : new SiteKey(first[(dashes + 2)..], first[..dashes]);
    }

    /// <summary>Reads <c>name</c> or <c>name@label</c>, as it stands after <c>/s/</c>.</summary>
    public static SiteKey FromPath(string segment)
    {
        var at = segment.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? new SiteKey(segment, null) : new SiteKey(segment[..at], segment[(at + 1)..]);
    }
}
