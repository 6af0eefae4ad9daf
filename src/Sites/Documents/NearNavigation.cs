namespace Rialto.Sites;

/// <summary>
/// The part of a navigation tree that one page shows: its own branch open, the others closed, and of a very long list only what
/// is around the page. So a page's size does not grow with the documentation's.
/// </summary>
internal sealed class NearNavigation
{
    private const int MaxOpenItems = 120;
    private const int MaxGroups = 60;
    private const int Around = 24;
    private readonly IReadOnlyList<NavigationGroup> groups;
    private readonly Dictionary<string, (int Group, NavigationItem[] Trail, int[] Positions)> places = new(StringComparer.Ordinal);
    private readonly bool isSmall;

    public NearNavigation(IReadOnlyList<NavigationGroup> groups)
    {
        this.groups = groups;
        for (var at = 0; at < groups.Count; at++) Index(at, groups[at].Items, [], []);
        isSmall = places.Count <= MaxOpenItems;
    }

    public (IReadOnlyList<NavigationGroup> Navigation, IReadOnlyList<NavigationItem> Breadcrumbs) For(string url)
    {
        if (!places.TryGetValue(url, out var place)) return (isSmall ? groups : [], []);
        var trail = new List<NavigationItem>();
        if (groups[place.Group] is { Title: { } title, Items: [var first, ..] } && first.Url != url) trail.Add(new NavigationItem(title, first.Url, []));
        trail.AddRange(place.Trail.Where(item => item.Url != url).Select(item => item with { Children = [] }));
        if (isSmall) return (groups, trail);
        var near = new List<NavigationGroup>();
        foreach (var at in Window(groups.Count, place.Group, MaxGroups))
            near.Add(at == place.Group ? groups[at] with { Items = Near(groups[at].Items, place.Positions, 0) } : groups[at] with { Items = [.. groups[at].Items.Take(1).Select(item => item with { Children = [] })] });
        return (near, trail);
    }

    private void Index(int group, IReadOnlyList<NavigationItem> items, NavigationItem[] trail, int[] positions)
    {
        for (var at = 0; at < items.Count; at++)
        {
            if (items[at].Children.Count > 0) Index(group, items[at].Children, [.. trail, items[at]], [.. positions, at]);
            else places.TryAdd(items[at].Url, (group, trail, [.. positions, at]));
        }
    }

    /// <summary>What is around the page on each level; where it stands there is known, so a long list is not searched for every page of it.</summary>
    private static List<NavigationItem> Near(IReadOnlyList<NavigationItem> items, int[] positions, int depth)
    {
        var current = positions[depth];
        return [.. Window(items.Count, current, 2 * Around).Select(at => items[at] with { Children = at == current && depth + 1 < positions.Length ? Near(items[at].Children, positions, depth + 1) : [] })];
    }

    private static IEnumerable<int> Window(int count, int current, int size)
    {
        var start = Math.Clamp(current - size / 2, 0, Math.Max(0, count - size));
        return Enumerable.Range(start, Math.Min(size, count));
    }
}
