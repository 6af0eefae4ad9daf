namespace Rialto.Portal;

/// <summary>Sites: all of them, and one from its sides.</summary>
internal static class SitePages
{
    private const int PageSize = 50;

    public static void Map(PortalRoutes pages) => pages
        .Get("/sites", All)
        .Get("/sites/{name}", Show)
        .Get("/sites/{name}/releases", Releases)
        .Get("/sites/{name}/compare", Compare)
        .Get("/sites/{name}/builds", Builds)
        .Get("/sites/{name}/settings", Settings)
        .Get("/sites/{name}/waiting/{job}", Waiting);

    public static async Task<Answer> All(Visit visit)
    {
        var sites = await visit.AskAsync("publishing.list_sites", new() { ["limit"] = PageSize, ["sort"] = "name", ["cursor"] = visit.Query("cursor") }, PortalJson.Default.PageSiteView);
        return Answer.Page<Sites.SitesPage, Kernel.Page<SiteView>>(visit["place.sites"], sites);
    }

    public static async Task<Answer> Show(Visit visit)
    {
        var site = await FindAsync(visit);
        var releases = await ReleasesAsync(visit, site.Name, 20);
        var builds = await visit.AskAsync("publishing.list_builds", new() { ["name"] = site.Name, ["limit"] = 5 }, PortalJson.Default.PageBuildView);
        var switches = await SwitchesAsync(visit, site.Name);
        return Answer.Page<Sites.SitePage, SiteModel>(site.Name, new SiteModel { Site = site, Releases = releases.Items, Builds = builds.Items, Before = Before(site, releases.Items, switches), Switches = switches });
    }

    public static async Task<Answer> Releases(Visit visit)
    {
        var site = await FindAsync(visit);
        var releases = await ReleasesAsync(visit, site.Name, PageSize);
        var previews = await visit.AskAsync("publishing.list_previews", new() { ["name"] = site.Name }, PortalJson.Default.IReadOnlyListPreviewView);
        return Answer.Page<Sites.ReleasesPage, ReleasesModel>(visit.Say("site.releases_of", ("site", site.Name)), new ReleasesModel { Site = site, Releases = releases, Previews = previews, Switches = await SwitchesAsync(visit, site.Name) });
    }

    public static async Task<Answer> Settings(Visit visit)
    {
        var site = await FindAsync(visit);
        return Answer.Page<Sites.SettingsPage, SiteView>(visit.Say("site.settings_of", ("site", site.Name)), site);
    }

    public static async Task<SiteView> FindAsync(Visit visit) => await visit.AskAsync("publishing.get_site", new() { ["name"] = visit.Part("name") }, PortalJson.Default.SiteView);

    /// <summary>The release visitors saw before the one they see now, when it still exists.</summary>
    internal static ReleaseView? Before(SiteView site, IReadOnlyList<ReleaseView> releases, IReadOnlyList<SwitchView> switches) =>
        switches.FirstOrDefault(change => change.Release == site.LiveRelease && change.Previous is not null) is { } last ? releases.FirstOrDefault(release => release.Id == last.Previous) : null;

    private static async Task<Answer> Compare(Visit visit)
    {
        var site = await FindAsync(visit);
        var releases = (await ReleasesAsync(visit, site.Name, 200)).Items;
        var from = visit.Query("from") ?? site.LiveRelease?.ToString();
        var to = visit.Query("to") ?? releases.FirstOrDefault(release => release.Id.ToString() != from)?.Id.ToString();
        var difference = from is null || to is null ? null
            : await visit.AskAsync("publishing.compare_releases", new() { ["name"] = site.Name, ["from"] = from, ["to"] = to }, PortalJson.Default.DifferenceView);
        return Answer.Page<Sites.ComparePage, CompareModel>(visit.Say("site.compare_of", ("site", site.Name)), new CompareModel { Site = site, Releases = releases, Difference = difference });
    }

    private static async Task<Answer> Builds(Visit visit)
    {
        var site = await FindAsync(visit);
        var builds = await visit.AskAsync("publishing.list_builds", new() { ["name"] = site.Name, ["limit"] = PageSize, ["cursor"] = visit.Query("cursor") }, PortalJson.Default.PageBuildView);
        return Answer.Page<Sites.SiteBuildsPage, SiteBuildsModel>(visit.Say("site.builds_of", ("site", site.Name)), new SiteBuildsModel(site, builds));
    }

    // A build that was asked for has no page of its own until a worker takes it.
    private static async Task<Answer> Waiting(Visit visit)
    {
        var site = await FindAsync(visit);
        var builds = await visit.AskAsync("publishing.list_builds", new() { ["name"] = site.Name, ["limit"] = 20 }, PortalJson.Default.PageBuildView);
        if (builds.Items.FirstOrDefault(build => build.Job.ToString() == visit.Part("job")) is { } begun) return Answer.Go($"/builds/{begun.Id}");
        var job = await visit.AskAsync("jobs.get", new() { ["id"] = visit.Part("job") }, PortalJson.Default.JobView);
        return Answer.Page<Sites.WaitingPage, WaitingModel>(visit.Say("waiting.title", ("site", site.Name)), new WaitingModel(site, job));
    }

    private static Task<Kernel.Page<ReleaseView>> ReleasesAsync(Visit visit, string name, int limit) =>
        visit.AskAsync("publishing.list_releases", new() { ["name"] = name, ["limit"] = limit, ["cursor"] = visit.Query("cursor") }, PortalJson.Default.PageReleaseView);

    private static Task<IReadOnlyList<SwitchView>> SwitchesAsync(Visit visit, string name) =>
        visit.AskAsync("publishing.list_switches", new() { ["name"] = name }, PortalJson.Default.IReadOnlyListSwitchView);
}
