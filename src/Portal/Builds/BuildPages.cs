using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Builds: all of them, and one while it happens.</summary>
internal static class BuildPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/builds", All).Get("/builds/{id}", Show);
        pages.Get("/builds/{id}/live", async visit => await ReadAsync(visit) is var build ? Answer.Part<Builds.BuildLive, BuildView>(build, isLast: !build.IsRunning) : throw new InvalidOperationException());
        pages.Get("/builds/{id}/lines", async visit => await LogAsync(visit) is var log ? Answer.Part<Builds.LogLines, LogView>(log, isLast: log.IsComplete) : throw new InvalidOperationException());
        pages.Post("/builds/{id}/cancel", visit => Do(visit, "publishing.cancel_build", "done.cancelling"), Show);
        pages.Post("/builds/{id}/retry", Retry, Show);
    }

    private static async Task<Answer> All(Visit visit)
    {
        var state = visit.Query("state");
        var builds = await visit.AskAsync("publishing.list_all_builds", new() { ["limit"] = 50, ["cursor"] = visit.Query("cursor"), ["state"] = state }, PortalJson.Default.PageBuildView);
        return Answer.Page<Builds.BuildsPage, BuildsModel>(visit["place.builds"], new BuildsModel(builds, state));
    }

    private static async Task<Answer> Show(Visit visit)
    {
        var build = await ReadAsync(visit);
        return Answer.Page<Builds.BuildPage, BuildModel>(visit.Say("build.title", ("site", build.Site)), new BuildModel(build, await LogAsync(visit)));
    }

    private static Task<BuildView> ReadAsync(Visit visit) => visit.AskAsync("publishing.get_build", new() { ["id"] = visit.Part("id") }, PortalJson.Default.BuildView);

    private static Task<LogView> LogAsync(Visit visit) =>
        visit.AskAsync("publishing.get_build_log", new() { ["id"] = visit.Part("id"), ["after"] = int.TryParse(visit.Query("after"), out var after) ? after : 0 }, PortalJson.Default.LogView);

    private static async Task<Answer> Do(Visit visit, string operation, string notice)
    {
        await visit.DoAsync(operation, new() { ["id"] = visit.Part("id") });
        return Answer.Go($"/builds/{visit.Part("id")}", visit[notice]);
    }

    // A build tried again is another build of the same job.
    private static async Task<Answer> Retry(Visit visit)
    {
        var build = await ReadAsync(visit);
        await visit.DoAsync("publishing.retry_build", new() { ["id"] = visit.Part("id") });
        return Answer.Go($"/sites/{build.Site}/builds", visit["done.retried"]);
    }
}

/// <summary>Builds of all sites.</summary>
public sealed record BuildsModel(Page<BuildView> Builds, string? State);

/// <summary>A build with its log.</summary>
public sealed record BuildModel(BuildView Build, LogView Log);
