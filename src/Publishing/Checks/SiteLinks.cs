namespace Rialto.Publishing;

/// <summary>Where an address written on a page leads inside the site.</summary>
/// <param name="release">The site's files.</param>
/// <param name="address">Where the site stands.</param>
internal sealed class SiteLinks(ServedRelease release, Uri address)
{
    // A host that cannot exist (RFC 2606): whatever still has it after resolving is inside.
    private static readonly Uri Inside = new("http://site.invalid/");

    /// <summary>The path inside the site with the place on the page; null for what leads elsewhere, and for addresses of no page (mail, telephone).</summary>
    public (string Path, string Place)? Resolve(string page, string written)
    {
        if (!Uri.TryCreate(new Uri(Inside, page), written.Trim(), out var target)) return (written, "");
        if (target.Scheme is not ("http" or "https")) return null;
        string path;
        if (target.Host == Inside.Host) path = target.AbsolutePath;
        else if (target.Authority == address.Authority && target.AbsolutePath.StartsWith(address.AbsolutePath, StringComparison.Ordinal)) path = "/" + target.AbsolutePath[address.AbsolutePath.Length..];
        else return null;
        if (address.AbsolutePath.Length > 1 && path.StartsWith(address.AbsolutePath, StringComparison.Ordinal)) path = "/" + path[address.AbsolutePath.Length..];
        return (Uri.UnescapeDataString(path), Uri.UnescapeDataString(target.Fragment.TrimStart('#')));
    }

    /// <summary>The file a visitor gets at <paramref name="path"/>; null when there is none.</summary>
    public ServedFile? Find(string path) =>
        release.Find(path) ?? (path.EndsWith('/') ? path.Length > 1 ? release.Find(path.AsSpan(0, path.Length - 1)) : null : release.Find(path + "/"));

    /// <summary>True when <c>_redirects</c> sends the path on.</summary>
    public bool IsSentOn(string path) => release.Redirects.Find(path, forcedOnly: false) is not null;
}
