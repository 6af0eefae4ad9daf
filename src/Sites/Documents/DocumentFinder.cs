using Rialto.Analysis;
using Rialto.Repositories;

namespace Rialto.Sites;

/// <summary>Finds what of a repository is documentation and gives each text its address.</summary>
internal static class DocumentFinder
{
    /// <summary>Texts at the root of a repository that are about the project, in the order people look for them.</summary>
    private static readonly string[] ProjectTexts =
        ["getting-started", "getting_started", "install", "installation", "usage", "guide", "tutorial", "faq", "architecture", "design", "api", "benchmarks", "upgrading", "migration", "contributing", "development", "hacking", "security", "support", "governance", "code_of_conduct", "manifesto"];

    private static readonly string[] NotDocuments = ["node_modules/", "vendor/", "third_party/", "third-party/", ".git", "test/", "tests/", "__tests__/", "fixtures/", "testdata/", "spec/", "deps/"];

    public static IReadOnlyList<Document> Find(TreeIndex tree, Facts facts, SiteSettings settings)
    {
        var urls = new UrlTable();
        var documents = new List<Document>();
        AddReadmes(tree, facts, documents, urls);
        foreach (var root in DocumentRoots.Find(tree, settings)) AddRoot(tree, root, documents, urls);
        AddProjectTexts(tree, settings, documents, urls);
        return documents;
    }

    private static void AddReadmes(TreeIndex tree, Facts facts, List<Document> documents, UrlTable urls)
    {
        if (facts.Readme is not { } readme) return;
        var format = DocumentNames.Format(readme.Path) ?? DocumentFormat.Text;
        documents.Add(new Document { SourcePath = readme.Path, Format = format, Url = urls.Take("docs/"), Language = readme.Language, TranslationKey = "readme" });
        var folder = Paths.Folder(readme.Path);
        foreach (var entry in tree.Tree.Entries)
        {
            if (!entry.IsFile || Paths.Folder(entry.Path) != folder && !IsTranslationFolder(entry.Path)) continue;
            if (Languages.OfReadme(entry.FileName) is { } language && DocumentNames.Format(entry.Path) is { } its && documents.All(one => one.SourcePath != entry.Path))
                documents.Add(new Document { SourcePath = entry.Path, Format = its, Url = urls.Take($"docs/{language.ToLowerInvariant()}/"), Language = language, TranslationKey = "readme" });
        }
    }

    private static bool IsTranslationFolder(string path) => Paths.Folder(path).ToLowerInvariant() is "docs" or ".github" or "i18n" or "docs/i18n" or "readme" or "readmes" or "translations" or "docs/readme" or "docs/translations";

    private static void AddRoot(TreeIndex tree, DocumentRoot root, List<Document> documents, UrlTable urls)
    {
        var known = documents.Select(one => one.SourcePath).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in tree.Tree.Entries)
        {
            if (!entry.IsFile || !entry.Path.StartsWith(root.Folder + "/", StringComparison.Ordinal) && entry.Path != root.Folder) continue;
            if (DocumentNames.Format(entry.Path) is not { } format || format is DocumentFormat.Text || known.Contains(entry.Path)) continue;
            var inside = entry.Path == root.Folder ? entry.FileName : entry.Path[(root.Folder.Length + 1)..];
            if (IsExcluded(inside)) continue;
            var (language, rest) = Languages.OfFolder(inside);
            documents.Add(new Document
            {
                SourcePath = entry.Path, Format = format, Root = language is null || rest == inside ? root.Folder : root.Folder, Language = language,
                Url = urls.Take("docs/" + root.Prefix + (language is null ? "" : language.ToLowerInvariant() + "/") + Address(rest)),
                TranslationKey = root.Folder + ":" + Titles.FileStem(rest) + "@" + Paths.Folder(rest),
            });
        }
    }

    private static bool IsExcluded(string inside)
    {
        var segments = inside.Split('/');
        for (var at = 0; at < segments.Length; at++)
            if (segments[at] is ['_' or '.', ..] && !(at == segments.Length - 1 && segments[at].StartsWith("_index", StringComparison.Ordinal)) || segments[at] is "node_modules" or "SUMMARY.md") return true;
        return Titles.FileStem(inside).Equals("SUMMARY", StringComparison.Ordinal);
    }

    private static void AddProjectTexts(TreeIndex tree, SiteSettings settings, List<Document> documents, UrlTable urls)
    {
        if (settings.Docs is not null) return;
        var found = new List<(int Rank, SourceEntry Entry, DocumentFormat Format)>();
        foreach (var entry in tree.Tree.Entries)
        {
            var folder = Paths.Folder(entry.Path);
            if (!entry.IsFile || folder is not ("" or ".github") || DocumentNames.Format(entry.Path) is not { } format || format == DocumentFormat.Text) continue;
            var stem = Titles.FileStem(entry.Path).ToLowerInvariant();
            var rank = Array.IndexOf(ProjectTexts, stem);
            var isOther = stem is "readme" or "license" or "licence" or "copying" or "changelog" or "changes" or "history" or "news" or "releases" or "todo" or "tasks" or "roadmap" or "planning" or "summary" or "pull_request_template" or "issue_template" or "claude" or "agents" or "funding" or "copilot-instructions" || stem.StartsWith("readme", StringComparison.Ordinal) || stem.StartsWith("license", StringComparison.Ordinal);
            if (!isOther && (rank >= 0 || folder.Length == 0)) found.Add((rank < 0 ? 100 : rank, entry, format));
        }
        foreach (var (_, entry, format) in found.OrderBy(one => one.Rank).ThenBy(one => one.Entry.Path, StringComparer.Ordinal))
            if (documents.All(one => one.SourcePath != entry.Path))
                documents.Add(new Document { SourcePath = entry.Path, Format = format, Url = urls.Take("docs/project/" + Address(entry.FileName)), TranslationKey = null });
    }

    /// <summary>The address of a file inside its root: no extension, no numbers that only order, an index is its folder.</summary>
    private static string Address(string inside)
    {
        var segments = inside.Split('/');
        var stem = Titles.FileStem(inside);
        var parts = segments[..^1].Append(Titles.IsIndex(stem) ? "" : stem).Select(segment => Segment(Titles.WithoutOrder(segment))).Where(part => part.Length > 0);
        return string.Concat(parts.Select(part => part + "/"));
    }

    private static string Segment(string name)
    {
        var clean = string.Concat(name.ToLowerInvariant().Select(one => char.IsLetterOrDigit(one) || one is '-' or '_' or '.' or '~' || char.IsSurrogate(one) || char.GetUnicodeCategory(one) is System.Globalization.UnicodeCategory.NonSpacingMark ? one : '-'));
        return clean.Trim('-', '.');
    }
}
