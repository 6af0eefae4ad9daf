using Rialto.Portal.Design;

namespace Rialto.Portal;

/// <summary>The command palette's search, and the same as a page.</summary>
internal static class FindPages
{
    private const int Most = 12;

    public static void Map(PortalRoutes pages) => pages
        .Get("/find", async visit => Answer.Page<Find.FindPage, FindModel>(visit["palette.label"], await SearchAsync(visit)))
        .Get("/find/results", async visit => Answer.Part<Find.FindResults, FindModel>(await SearchAsync(visit)));

    private static async Task<FindModel> SearchAsync(Visit visit)
    {
        var query = visit.Query("q")?.Trim() ?? "";
        var sites = visit.May("publishing.read") ? (await visit.AskAsync("publishing.list_sites", new() { ["limit"] = 200, ["sort"] = "name" }, PortalJson.Default.PageSiteView)).Items : [];
        return new FindModel(query, Rank(Offer(visit, sites), query));
    }

    /// <summary>Everything one can go to, most wanted first.</summary>
    private static IEnumerable<Found> Offer(Visit visit, IReadOnlyList<SiteView> sites)
    {
        foreach (var site in sites) yield return new Found(site.Name, visit["find.site"], $"/sites/{site.Name}", "site");
        foreach (var place in Places.All.Where(place => place.Permission is null || visit.May(place.Permission))) yield return new Found(visit[place.Text], visit["find.place"], place.Address, place.Icon);
        if (visit.May("publishing.write")) yield return new Found(visit["sites.new"], visit["find.action"], "/sites/new", "plus");
        foreach (var site in sites)
        {
            yield return new Found(visit.Say("site.releases_of", ("site", site.Name)), visit["find.site"], $"/sites/{site.Name}/releases", "back");
            yield return new Found(visit.Say("site.settings_of", ("site", site.Name)), visit["find.site"], $"/sites/{site.Name}/settings", "settings");
        }
        yield return new Found(visit["components.title"], visit["find.place"], "/components", "palette");
    }

    /// <summary>Those that have the words of <paramref name="query"/> in them: at the beginning first, then at the beginning of a word, then anywhere.</summary>
    internal static IReadOnlyList<Found> Rank(IEnumerable<Found> offered, string query)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. offered.Select((found, order) => (found, order, rank: words.Length == 0 ? 0 : words.Max(word => Rank(found.Name, word)))).Where(one => one.rank < 4).OrderBy(one => one.rank).ThenBy(one => one.order).Select(one => one.found).Take(Most)];
    }

    private static int Rank(string name, string word)
    {
        var at = name.IndexOf(word, StringComparison.CurrentCultureIgnoreCase);
        return at switch { < 0 => IsScattered(name, word) ? 3 : 4, 0 => 0, _ => char.IsLetterOrDigit(name[at - 1]) ? 2 : 1 };
    }

    // "lset" finds "lantern: settings".
    private static bool IsScattered(string name, string word)
    {
        var at = 0;
        foreach (var letter in name)
            if (at < word.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(word[at])) at++;
        return at == word.Length && word.Length > 1;
    }
}

/// <summary>Something to go to.</summary>
public sealed record Found(string Name, string Kind, string Address, string Icon);

/// <summary>What was found.</summary>
public sealed record FindModel(string Query, IReadOnlyList<Found> Results);
