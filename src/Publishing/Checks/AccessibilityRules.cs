using AngleSharp.Dom;

namespace Rialto.Publishing;

/// <summary>What can be told of a page's accessibility from its markup alone; WCAG 2.2 criteria in the details.</summary>
internal static class AccessibilityRules
{
    private static readonly HashSet<string> Unlabelled = new(StringComparer.OrdinalIgnoreCase) { "hidden", "submit", "button", "reset", "image" };

    public static void Check(string path, IDocument page, CheckFindings found)
    {
        // A page that only sends on is not read by anybody.
        if (page.QuerySelector("meta[http-equiv=refresh i]") is not null) return;
        if (string.IsNullOrWhiteSpace(page.DocumentElement.GetAttribute("lang"))) found.Add("accessibility.language", path, "<html> has no lang; screen readers guess how to speak (3.1.1).");
        if (string.IsNullOrWhiteSpace(page.Title)) found.Add("accessibility.title", path, "The page has no <title> (2.4.2).");
        if (page.QuerySelector("meta[name=viewport i]")?.GetAttribute("content") is { } viewport && BlocksZoom(viewport)) found.Add("accessibility.zoom", path, $"The viewport keeps readers from zooming: {viewport} (1.4.4).");
        if (page.QuerySelector("main, [role=main]") is null) found.Add("accessibility.main", path, "No <main> says where the content begins (1.3.1).");
        Headings(path, page, found);
        foreach (var image in page.QuerySelectorAll("img:not([alt])"))
            if (!IsHidden(image)) found.Add("accessibility.image", path, $"{image.GetAttribute("src")} has no alt; use alt=\"\" where it only decorates (1.1.1).");
        foreach (var field in page.QuerySelectorAll("input, select, textarea"))
            if (!Unlabelled.Contains(field.GetAttribute("type") ?? "") && !HasLabel(field, page)) found.Add("accessibility.label", path, $"<{field.LocalName} name=\"{field.GetAttribute("name")}\"> has no label (3.3.2).");
        foreach (var control in page.QuerySelectorAll("a[href], button"))
            if (!IsHidden(control) && !HasName(control)) found.Add("accessibility.name", path, $"A {(control.LocalName == "a" ? "link to " + control.GetAttribute("href") : "button")} has no words (4.1.2).");
        foreach (var id in page.QuerySelectorAll("[id]").GroupBy(element => element.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Take(20))
            found.Add("accessibility.id", path, $"The id {id.Key} stands {id.Count()} times.");
    }

    private static void Headings(string path, IDocument page, CheckFindings found)
    {
        var levels = page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => (Level: heading.LocalName[1] - '0', heading.TextContent)).ToArray();
        if (!levels.Any(heading => heading.Level == 1)) found.Add("accessibility.heading", path, "The page has no <h1> (1.3.1).");
        for (var index = 1; index < levels.Length; index++)
            if (levels[index].Level > levels[index - 1].Level + 1) found.Add("accessibility.heading_order", path, $"\"{levels[index].TextContent.Trim()}\" jumps from h{levels[index - 1].Level} to h{levels[index].Level} (1.3.1).");
    }

    private static bool BlocksZoom(string viewport)
    {
        var words = viewport.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant().Split(',', ';');
        return words.Contains("user-scalable=no") || words.Contains("user-scalable=0") || words.Contains("maximum-scale=1") || words.Contains("maximum-scale=1.0");
    }

    private static bool HasLabel(IElement field, IDocument page) =>
        HasWords(field, "aria-label") || HasWords(field, "aria-labelledby") || HasWords(field, "title") || IsHidden(field) || field.Closest("label") is not null
        || (field.Id is { Length: > 0 } id && page.QuerySelectorAll("label[for]").Any(label => label.GetAttribute("for") == id));

    private static bool HasName(IElement control) =>
        HasWords(control, "aria-label") || HasWords(control, "aria-labelledby") || HasWords(control, "title") || !string.IsNullOrWhiteSpace(control.TextContent)
        || control.QuerySelectorAll("img[alt], svg title, [aria-label]").Any(inside => inside.LocalName == "title" ? inside.TextContent.Trim().Length > 0 : HasWords(inside, "alt") || HasWords(inside, "aria-label"));

    private static bool HasWords(IElement element, string attribute) => !string.IsNullOrWhiteSpace(element.GetAttribute(attribute));

    private static bool IsHidden(IElement element) => element.Closest("[aria-hidden=true], [hidden], template, noscript") is not null || element.GetAttribute("role") is "presentation" or "none";
}
