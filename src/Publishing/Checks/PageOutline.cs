using AngleSharp.Dom;

namespace Rialto.Publishing;

/// <summary>What of a page matters to others: where it leads, what it needs, which places it has.</summary>
internal sealed record PageOutline
{
    private static readonly HashSet<string> Loaded = new(StringComparer.OrdinalIgnoreCase) { "stylesheet", "preload", "modulepreload", "icon" };

    /// <summary>Path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Addresses of links, as written.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>Addresses of what the browser loads with the page.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Its ids and named anchors.</summary>
    public required IReadOnlySet<string> Places { get; init; }

    /// <summary>Reads a parsed page.</summary>
    public static PageOutline Of(string path, IDocument page)
    {
        var resources = new List<string>();
        foreach (var link in page.QuerySelectorAll("link[href]"))
            if ((link.GetAttribute("rel") ?? "").Split(' ').Any(Loaded.Contains)) resources.Add(link.GetAttribute("href")!);
        foreach (var element in page.QuerySelectorAll("script[src], img[src], source[src], video[src], audio[src], iframe[src], embed[src]")) resources.Add(element.GetAttribute("src")!);
        return new PageOutline
        {
            Path = path, Resources = resources, Links = [.. page.QuerySelectorAll("a[href], area[href]").Select(link => link.GetAttribute("href")!)],
            Places = page.QuerySelectorAll("[id]").Select(element => element.Id!).Concat(page.QuerySelectorAll("a[name]").Select(element => element.GetAttribute("name")!)).ToHashSet(StringComparer.Ordinal),
        };
    }
}
