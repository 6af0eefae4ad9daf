using Rialto.Sites.Themes.Wording;

namespace Rialto.Sites;

/// <summary>
/// Orders documents as their authors mean it and lays the result out as a tree: a summary file first, then what front matter
/// says, then numbers in names, then an index before the rest, then the alphabet with numbers by value.
/// </summary>
internal sealed class NavigationBuilder(NavigationOrder order)
{
    /// <summary>Stands for the files at the repository's root.</summary>
    private const string ProjectFolder = "\u0001project";

    private readonly Dictionary<Document, int> firstPlaces = [];

    /// <summary>Documents in reading order.</summary>
    public List<Document> Sort(IReadOnlyList<Document> documents)
    {
        foreach (var document in documents) firstPlaces[document] = order.PlaceOf(document.SourcePath);
        var folders = new Dictionary<string, FolderKey>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            var place = firstPlaces[document];
            for (var folder = Paths.Folder(document.SourcePath); ; folder = Paths.Folder(folder))
            {
                var known = folders.GetValueOrDefault(folder);
                var front = Titles.IsIndex(Titles.FileStem(document.SourcePath)) && Paths.Folder(document.SourcePath) == folder ? document.FrontMatter.Order : null;
                folders[folder] = new FolderKey(Math.Min(known?.Place ?? int.MaxValue, place), front ?? known?.Order);
                if (folder.Length == 0) break;
            }
        }
        return [.. documents.Select(document => (document, Key: KeyOf(document, folders))).Order(Comparer<(Document document, List<SortPart> Key)>.Create((left, right) => Compare(left.Key, right.Key))).Select(one => one.document)];
    }

    /// <summary>Navigation of one language's documents, which are in reading order.</summary>
    public List<NavigationGroup> Group(IReadOnlyList<Document> documents, int overviewCount, UiWords words)
    {
        var groups = new List<NavigationGroup>();
        var loose = documents.Take(overviewCount).Select(Item).ToList();
        var named = documents.Count(one => order.Names(one.SourcePath));
        var byTop = new Dictionary<string, List<Document>>(StringComparer.Ordinal);
        var tops = new List<string>();
        foreach (var document in documents.Skip(overviewCount))
        {
            var top = TopFolder(document);
            if (!byTop.TryGetValue(top, out var list))
            {
                byTop[top] = list = [];
                tops.Add(top);
            }
            list.Add(document);
        }
        var own = byTop.GetValueOrDefault("", []);
        var aside = byTop.Count == 1 ? [] : own.FindAll(one => IsAside(one, named * 3 > documents.Count));
        loose.AddRange(own.Except(aside).Select(Item));
        if (loose.Count > 0) groups.Add(new NavigationGroup(null, loose));
        foreach (var top in tops.Where(top => top.Length > 0 && top != ProjectFolder)) groups.Add(new NavigationGroup(GroupTitle(top, byTop[top]), Nest(byTop[top], top)));
        if (aside.Count > 0) groups.Add(new NavigationGroup(words.MorePages, [.. aside.Select(Item)]));
        if (byTop.TryGetValue(ProjectFolder, out var project)) groups.Add(new NavigationGroup(words.Project, [.. project.Select(Item)]));
        return groups;
    }

    /// <summary>A page beside the way through the documentation: not named by a summary that names the others, or by its name late.</summary>
    private bool IsAside(Document document, bool hasSummary) =>
        !order.Names(document.SourcePath) && document.FrontMatter.Order is null && document.TranslationKey != "readme" && (hasSummary || ReadingOrder.Rank(Titles.FileStem(document.SourcePath)) > 0);

    private static NavigationItem Item(Document document) => new(document.ShortTitle, document.Url, []);

    private static string TopFolder(Document document)
    {
        if (document.Root.Length == 0) return document.TranslationKey == "readme" ? "" : ProjectFolder;
        var inside = document.SourcePath[Math.Min(document.SourcePath.Length, document.Root.Length + 1)..];
        var (language, rest) = Languages.OfFolder(inside);
        var prefix = language is not null && rest.Length < inside.Length && inside.EndsWith(rest, StringComparison.Ordinal) ? inside[..^rest.Length] : "";
        // Antora keeps the pages of a module in modules/NAME/pages.
        var isModule = rest.StartsWith("modules/", StringComparison.Ordinal) && rest.IndexOf("/pages/", StringComparison.Ordinal) is > 0 and var pages && rest.IndexOf('/', "modules/".Length) == pages;
        var slash = rest.IndexOf('/', isModule ? "modules/".Length : 0);
        return slash < 0 ? "" : document.Root + "/" + prefix + rest[..slash];
    }

    private static string GroupTitle(string folder, List<Document> documents)
    {
        var index = documents.Find(one => Paths.Folder(one.SourcePath) == folder && Titles.IsIndex(Titles.FileStem(one.SourcePath)));
        return index is null ? Titles.FromSegment(folder[(folder.LastIndexOf('/') + 1)..]) : index.ShortTitle;
    }

    private static List<NavigationItem> Nest(List<Document> documents, string folder)
    {
        var items = new List<NavigationItem>();
        for (var at = 0; at < documents.Count;)
        {
            var own = Paths.Folder(documents[at].SourcePath);
            if (own == folder || !own.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                items.Add(Item(documents[at++]));
                continue;
            }
            var slash = own.IndexOf('/', folder.Length + 1);
            var child = slash < 0 ? own : own[..slash];
            var end = at;
            while (end < documents.Count && (documents[end].SourcePath.StartsWith(child + "/", StringComparison.Ordinal))) end++;
            var inside = documents.GetRange(at, end - at);
            if (inside.Count == documents.Count && child.EndsWith("/pages", StringComparison.Ordinal)) return Nest(inside, child);
            items.Add(new NavigationItem(GroupTitle(child, inside), inside[0].Url, inside.Count == 1 ? [] : Nest(inside, child)));
            at = end;
        }
        return items;
    }

    private sealed record FolderKey(int Place, double? Order);

    private readonly record struct SortPart(int Place, double Order, int Kind, string Name);

    private List<SortPart> KeyOf(Document document, Dictionary<string, FolderKey> folders)
    {
        var parts = new List<SortPart>();
        var path = document.SourcePath;
        for (var slash = path.IndexOf('/', Math.Min(path.Length, document.Root.Length + (document.Root.Length > 0 ? 1 : 0))); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var key = folders[path[..slash]];
            parts.Add(new SortPart(key.Place, key.Order ?? NumberIn(path[(path.LastIndexOf('/', slash - 1) + 1)..slash]), 2, path[..slash]));
        }
        var stem = Titles.FileStem(path);
        var isIndex = Titles.IsIndex(stem);
        parts.Add(new SortPart(isIndex && parts.Count > 0 ? -1 : firstPlaces[document], isIndex ? double.MinValue : document.FrontMatter.Order ?? NumberIn(stem), isIndex ? 0 : 1, path));
        return parts;
    }

    private static double NumberIn(string name)
    {
        var digits = 0;
        while (digits < name.Length && char.IsAsciiDigit(name[digits])) digits++;
        return digits is > 0 and <= 6 ? double.Parse(name.AsSpan(0, digits), System.Globalization.CultureInfo.InvariantCulture) : 1e9 + ReadingOrder.Rank(name);
    }

    private static int Compare(List<SortPart> left, List<SortPart> right)
    {
        for (var at = 0; at < Math.Min(left.Count, right.Count); at++)
        {
            var (one, other) = (left[at], right[at]);
            if (one == other) continue;
            var result = one.Place.CompareTo(other.Place);
            if (result == 0) result = one.Order.CompareTo(other.Order);
            if (result == 0) result = one.Kind.CompareTo(other.Kind);
            return result != 0 ? result : string.CompareOrdinal(one.Name, other.Name);
        }
        return left.Count.CompareTo(right.Count);
    }
}
