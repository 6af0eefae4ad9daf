using System.Text.RegularExpressions;

namespace Rialto.Sites;

/// <summary>
/// Reads the order from what other generators keep: mdBook's <c>SUMMARY.md</c>, docsify's <c>_sidebar.md</c>, <c>mkdocs.yml</c>,
/// VitePress and Docusaurus configurations as far as they are plain data, and Sphinx's <c>toctree</c>.
/// </summary>
internal static partial class NavigationFiles
{
    private const int MaxChars = 512 * 1024;

    public static async Task<NavigationOrder> ReadAsync(TreeIndex tree, DocumentSet documents, CancellationToken cancel)
    {
        var order = new NavigationOrder();
        var roots = documents.All.Select(one => one.Root).Where(root => root.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        foreach (var root in roots)
        {
            foreach (var (path, start) in Candidates(root))
            {
                if (tree.File(path) is not { } entry || entry.Bytes > MaxChars) continue;
                foreach (var target in Targets(path, await tree.TextAsync(entry, cancel)))
                    foreach (var folder in (string[])[start, root])
                        if (Match(documents, folder, target) is { } document)
                        {
                            order.Add(document.SourcePath);
                            break;
                        }
            }
            FromTocTrees(documents, root, order);
        }
        return order;
    }

    private static IEnumerable<(string Path, string Start)> Candidates(string root)
    {
        var above = Paths.Folder(root);
        yield return (root + "/SUMMARY.md", root);
        yield return (root + "/_sidebar.md", root);
        yield return (Paths.Combine(above, "sidebar.md")!, above);
        foreach (var folder in (string[])[above, Paths.Folder(above), root])
            foreach (var name in (string[])["mkdocs.yml", "mkdocs.yaml", "sidebars.js", "sidebars.ts", "astro.config.mjs", "astro.config.ts"]) yield return (Paths.Combine(folder, name)!, root);
        foreach (var folder in (string[])[".vitepress", ".vuepress"])
            foreach (var name in (string[])["config.ts", "config.js", "config.mts", "config.mjs", "config/index.ts", "config/en.ts"]) yield return ($"{root}/{folder}/{name}", root);
    }

    private static IEnumerable<string> Targets(string path, string text)
    {
        var pattern = path.EndsWith(".md", StringComparison.Ordinal) ? MarkdownLink() : path.EndsWith("ml", StringComparison.Ordinal) ? YamlEntry() : ScriptEntry();
        // The menu at the top of a page says nothing about the order of reading.
        var start = path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith("ml", StringComparison.Ordinal) || Sidebar().Match(text) is not { Success: true } sidebar ? 0 : sidebar.Index;
        foreach (Match match in pattern.Matches(text, start)) yield return (match.Groups[1].Success ? match.Groups[1] : match.Groups[2]).Value.Trim().TrimStart('#');
    }

    private static Document? Match(DocumentSet documents, string folder, string target)
    {
        var path = Addresses.PathOf(target);
        if (path.Length == 0 || Addresses.Scheme(target) is not null || Paths.Combine(folder, path.TrimStart('/')) is not { } full) return null;
        foreach (var variant in DocumentNames.Variants(full))
            if (documents.Find(variant) is { } found) return found;
        return null;
    }

    /// <summary>Follows the tables of contents of Sphinx from the index, depth first; each document once.</summary>
    private static void FromTocTrees(DocumentSet documents, string root, NavigationOrder order)
    {
        var pending = new Stack<Document>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (documents.Find(root + "/index.rst") is { } index) pending.Push(index);
        while (pending.TryPop(out var document))
        {
            if (!seen.Add(document.SourcePath)) continue;
            order.Add(document.SourcePath);
            foreach (var child in document.Children.Reverse())
                if (Match(documents, child.StartsWith('/') ? root : Paths.Folder(document.SourcePath), child) is { } found) pending.Push(found);
        }
    }

    [GeneratedRegex(@"\]\(<?([^)\s>]+)", RegexOptions.NonBacktracking)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"\bsidebar\s*[:=]", RegexOptions.NonBacktracking)]
    private static partial Regex Sidebar();

    [GeneratedRegex(@"[:\-]\s+[""']?([^\s""':]+\.(?:md|rst))\b", RegexOptions.NonBacktracking)]
    private static partial Regex YamlEntry();

    [GeneratedRegex(@"(?:link|slug|id|path)\s*:\s*[""'`]([^""'`\n]+)[""'`]|^\s*[""']([\w/\-.]+)[""']\s*,?\s*$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex ScriptEntry();
}
