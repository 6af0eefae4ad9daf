namespace Rialto.Sites;

/// <summary>Where the links and pictures of one document lead on the site.</summary>
internal sealed class LinkResolver(Document document, SiteContext site)
{
    private static readonly string[] PublicFolders = ["", "public", "static", "src", "assets", "source", "docs", "docs/public", "docs/static", "website/static", "site"];

    public HostLinks? Host => site.Host;

    public bool MixesDirections => document.MixesDirections;

    /// <summary>True for an address on another server.</summary>
    public static bool IsExternal(string href) => href.StartsWith("http", StringComparison.Ordinal) && href.Contains("://", StringComparison.Ordinal);

    /// <summary>The address to write for a link, or null when it must not or cannot be followed.</summary>
    public string? Resolve(string written)
    {
        var href = Addresses.Clean(written);
        if (href.Length == 0) return null;
        if (href[0] == '#') return Fragment(document, href);
        if (Addresses.Scheme(href) is { } scheme)
        {
            if (!Addresses.IsFollowed(scheme)) return null;
            return Host?.OwnPath(href) is { } own && Inside(own, report: false) is { } inside ? inside : Addresses.Encode(href);
        }
        return Inside(href, report: true);
    }

    /// <summary>The picture a reference means; null when it lives elsewhere or is missing.</summary>
    public SitePicture? Picture(string reference, string alt) => Locate(reference) is { } path ? site.Pictures.Find(path, alt) : null;

    /// <summary>Address of a copied file (a video) relative to the page; null when there is none.</summary>
    public string? Asset(string reference) => Locate(reference) is { } path && site.Pictures.FindFile(path) is { } url ? Href(url) : null;

    /// <summary>A site address as this page writes it.</summary>
    public string Href(string url) => Paths.Href(document.Url, url);

    public void MissingPicture(string reference)
    {
        if (Addresses.Scheme(Addresses.Clean(reference)) is null)
            site.Warnings.Add("picture.missing", document.SourcePath, $"The picture {Titles.Shorten(reference, 120)} is not in the repository.");
    }

    /// <summary>Path in the tree of a picture reference; null for remote ones and missing ones.</summary>
    public string? Locate(string reference)
    {
        var clean = Addresses.Clean(reference);
        if (Addresses.Scheme(clean) is not null)
        {
            if (Host?.OwnPath(clean) is not { } own) return null;
            clean = "/" + own;
        }
        var path = Addresses.PathOf(clean);
        if (path.Length == 0) return null;
        if (path[0] != '/') return Paths.Combine(Paths.Folder(document.SourcePath), path) is { } relative && site.Tree.File(relative) is { } near ? near.Path : FromRoots(path);
        return FromRoots(path);
    }

    private string? FromRoots(string path)
    {
        foreach (var folder in Roots())
            if (Paths.Combine(folder, path.TrimStart('/')) is { } candidate && site.Tree.File(candidate) is { } entry) return entry.Path;
        return null;
    }

    private IEnumerable<string> Roots()
    {
        for (var folder = document.Root; folder.Length > 0; folder = Paths.Folder(folder))
        {
            yield return folder;
            yield return folder + "/public";
            yield return folder + "/static";
            yield return folder + "/.vuepress/public";
        }
        foreach (var folder in PublicFolders) yield return folder;
    }

    private string? Inside(string href, bool report)
    {
        var hash = href.IndexOf('#');
        var fragment = hash < 0 ? "" : href[hash..];
        var path = Addresses.PathOf(href);
        if (path.Length == 0) return fragment.Length > 0 ? Fragment(document, fragment) : null;
        foreach (var candidate in Candidates(path))
        {
            if (site.Documents.Find(candidate) is { } other) return Paths.Href(document.Url, other.Url) is var page && fragment.Length > 1 ? WithFragment(page, other, fragment) : page;
            var isFolder = site.Tree.IsFolder(candidate);
            if (!isFolder && site.Tree.File(candidate) is null) continue;
            if (site.Pictures.FindFile(candidate) is { } copied) return Href(copied);
            return Host?.File(candidate, isFolder) is { } address ? address + fragment : null;
        }
        if (report) site.Warnings.Add("link.broken", document.SourcePath, $"The link to {Titles.Shorten(href, 120)} leads to nothing in the repository.");
        return null;
    }

    private IEnumerable<string> Candidates(string path)
    {
        IEnumerable<string> starts = path[0] == '/' ? Roots().Prepend(document.Root).Distinct() : [Paths.Folder(document.SourcePath), .. document.Root.Length > 0 || site.IsPageLike(document) ? [Paths.Combine(Paths.Folder(document.SourcePath), Titles.FileStem(document.SourcePath))!, document.Root] : Array.Empty<string>()];
        foreach (var start in starts)
        {
            if (Paths.Combine(start, path.TrimStart('/')) is not { } full) continue;
            foreach (var variant in DocumentNames.Variants(full)) 
                if (site.Documents.Find(variant) is not null) yield return variant;
            if (full.Length > 0) yield return full;
        }
    }

    private static string Fragment(Document target, string fragment) => WithFragment("", target, fragment);

    private static string WithFragment(string page, Document target, string fragment)
    {
        var id = Uri.UnescapeDataString(fragment[1..]);
        if (id.Length == 0) return page.Length > 0 ? page : "#";
        var name = target.OwnIds.Contains(id) ? Identifiers.User(id) : id;
        return $"{page}#{Uri.EscapeDataString(name)}";
    }
}
