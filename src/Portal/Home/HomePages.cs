namespace Rialto.Portal;

/// <summary>The page one comes to: what needs me, what just happened.</summary>
internal static class HomePages
{
    private const int SitesShown = 100, BuildsShown = 12, JobsShown = 5;

    public static void Map(PortalRoutes pages) => pages.Open("/", Show).Get("/live/home", async visit => Answer.Part<Home.HomeBody, HomeModel>(await ReadAsync(visit)));

    // Strangers are welcomed by what stands open to them.
    public static async Task<Answer> Show(Visit visit) => visit.Caller is null
        ? await EntryPages.Welcome(visit)
        : Answer.Page<Home.HomePage, HomeModel>(visit["home.title"], await ReadAsync(visit));

    private static async Task<HomeModel> ReadAsync(Visit visit)
    {
        var sites = await visit.TryAskAsync("publishing.list_sites", new() { ["limit"] = SitesShown, ["sort"] = "name" }, PortalJson.Default.PageSiteView);
        var builds = await visit.TryAskAsync("publishing.list_all_builds", new() { ["limit"] = BuildsShown * 3 }, PortalJson.Default.PageBuildView);
        var failed = await visit.TryAskAsync("jobs.list", new() { ["state"] = "failed", ["limit"] = JobsShown }, PortalJson.Default.PageJobView);
        return new HomeModel
        {
            Sites = sites?.Items ?? [], Builds = [.. (builds?.Items ?? []).Take(BuildsShown)], CanRead = sites is not null,
            Needs = Needs(sites?.Items ?? [], builds?.Items ?? [], failed?.Items ?? []),
        };
    }

    /// <summary>What somebody should look at, gravest first.</summary>
    internal static IReadOnlyList<Need> Needs(IReadOnlyList<SiteView> sites, IReadOnlyList<BuildView> builds, IReadOnlyList<JobView> failed)
    {
        var newest = builds.Where(build => build.Outcome is null or "live" or "superseded" or "pinned").GroupBy(build => build.Site).ToDictionary(site => site.Key, site => site.MaxBy(build => build.StartedAt)!);
        var broken = newest.Values.Where(build => build.State == "failed").Select(build => new Need(NeedKind.BuildFailed, build.Site, $"/builds/{build.Id}", build.Error, build.FinishedAt));
        var jobs = failed.Where(job => job.Kind != "publishing.build").Select(job => new Need(NeedKind.JobFailed, job.Kind, $"/jobs/{job.Id}", job.Error, job.FinishedAt));
        var held = sites.Where(site => site.IsPinned && newest.GetValueOrDefault(site.Name) is { Outcome: "pinned" }).Select(site => new Need(NeedKind.Held, site.Name, $"/sites/{site.Name}", null, site.LiveAt));
        var dark = sites.Where(site => site.LiveRelease is null && !newest.ContainsKey(site.Name)).Select(site => new Need(NeedKind.NeverLive, site.Name, $"/sites/{site.Name}", null, site.CreatedAt));
        return [.. broken, .. jobs, .. held, .. dark];
    }
}

/// <summary>What a thing that needs somebody is.</summary>
public enum NeedKind
{
    /// <summary>The newest build of a site failed.</summary>
    BuildFailed,

    /// <summary>A job was given up.</summary>
    JobFailed,

    /// <summary>A site is held and something newer waits.</summary>
    Held,

    /// <summary>A site was made and never went live.</summary>
    NeverLive,
}

/// <summary>Something that needs somebody.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Whose.</param>
/// <param name="Address">Where it can be dealt with.</param>
/// <param name="Words">What was said about it.</param>
/// <param name="At">Since when.</param>
public sealed record Need(NeedKind Kind, string Subject, string Address, string? Words, DateTime? At);

/// <summary>The home page.</summary>
public sealed record HomeModel
{
    /// <summary>All sites, by name.</summary>
    public required IReadOnlyList<SiteView> Sites { get; init; }

    /// <summary>The newest builds.</summary>
    public required IReadOnlyList<BuildView> Builds { get; init; }

    /// <summary>What needs somebody.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>Whether the caller may see sites at all.</summary>
    public required bool CanRead { get; init; }
}
