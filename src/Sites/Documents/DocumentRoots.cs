namespace Rialto.Sites;

/// <param name="Folder">Folder (or single file) in the tree.</param>
/// <param name="Prefix">What its addresses begin with after <c>docs/</c>; empty for the first.</param>
internal sealed record DocumentRoot(string Folder, string Prefix);

/// <summary>Finds the folders that hold documentation: by the generator's own files first, then by the names people use.</summary>
internal static class DocumentRoots
{
    private static readonly string[] Names =
    [
        "docs/src/content/docs", "src/content/docs", "website/src/content/docs", "website/docs", "site/content/docs", "content/docs", "docs/content/docs", "docs/content", "www/content", "www/docs",
        "site/docs", "guide/src", "book/src", "docs/src", "docs/docs", "docs/mkdocs/docs", "docs", "doc", "documentation", "Documentation", "guide", "guides", "manual", "wiki", "book",
    ];

    public static IReadOnlyList<DocumentRoot> Find(TreeIndex tree, SiteSettings settings)
    {
        if (settings.Docs is { } chosen) return [.. chosen.Select((folder, index) => new DocumentRoot(folder.Trim('/'), index == 0 ? "" : Slugger.Slug(Titles.FileStem(folder.Trim('/'))) + "/"))];
        var candidates = FromGenerators(tree).Concat(Names).Distinct(StringComparer.Ordinal).Where(folder => folder.Length > 0 && tree.IsFolder(folder)).ToList();
        var counts = Count(tree, candidates);
        var best = candidates.FirstOrDefault(folder => counts[folder] > 0);
        if (best is null) return [];
        // A folder that merely contains the real one adds its own loose texts no better than noise.
        return [new DocumentRoot(best, "")];
    }

    private static IEnumerable<string> FromGenerators(TreeIndex tree)
    {
        foreach (var entry in tree.Tree.Entries)
        {
            var depth = entry.Path.Count(one => one == '/');
            if (depth > 4 || entry.Path.Contains("test", StringComparison.OrdinalIgnoreCase) || entry.Path.Contains("example", StringComparison.OrdinalIgnoreCase) || entry.Path.Contains("fixture", StringComparison.OrdinalIgnoreCase) || entry.Path.Contains("template", StringComparison.OrdinalIgnoreCase) || entry.Path.StartsWith("packages/", StringComparison.Ordinal)) continue;
            var folder = Paths.Folder(entry.Path);
            switch (entry.FileName)
            {
                case "mkdocs.yml" or "mkdocs.yaml":
                    yield return Paths.Combine(folder, "docs")!;
                    break;
                case "book.toml":
                    yield return Paths.Combine(folder, "src")!;
                    break;
                case "docusaurus.config.js" or "docusaurus.config.ts" or "docusaurus.config.mjs":
                    yield return Paths.Combine(folder, "docs")!;
                    if (folder.Length > 0) yield return "docs";
                    break;
                case "config.js" or "config.ts" or "config.mts" or "config.mjs" when folder.EndsWith(".vitepress", StringComparison.Ordinal) || folder.EndsWith(".vuepress", StringComparison.Ordinal):
                    yield return Paths.Folder(folder);
                    break;
                case "_sidebar.md" or "conf.py" when folder.Length > 0:
                    yield return folder;
                    break;
            }
        }
    }

    private static Dictionary<string, int> Count(TreeIndex tree, List<string> folders)
    {
        var counts = folders.ToDictionary(folder => folder, _ => 0, StringComparer.Ordinal);
        foreach (var entry in tree.Tree.Entries)
        {
            if (!entry.IsFile || DocumentNames.Format(entry.Path) is null or DocumentFormat.Text) continue;
            for (var folder = Paths.Folder(entry.Path); folder.Length > 0; folder = Paths.Folder(folder))
                if (counts.TryGetValue(folder, out var count)) counts[folder] = count + 1;
        }
        return counts;
    }
}
