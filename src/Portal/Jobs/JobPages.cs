using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Work in queues: what waits, runs, was given up.</summary>
internal static class JobPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/jobs", All).Get("/jobs/{id}", Show).Get("/jobs/{id}/live", Live);
        pages.Post("/jobs/{id}/cancel", visit => Do(visit, "jobs.cancel", "done.cancelling"), Show);
        pages.Post("/jobs/{id}/retry", visit => Do(visit, "jobs.retry", "done.retried"), Show);
    }

    private static async Task<Answer> All(Visit visit)
    {
        var state = visit.Query("state");
        var jobs = await visit.AskAsync("jobs.list", new() { ["limit"] = 50, ["cursor"] = visit.Query("cursor"), ["state"] = state }, PortalJson.Default.PageJobView);
        return Answer.Page<Jobs.JobsPage, JobsModel>(visit["place.jobs"], new JobsModel(jobs, state));
    }

    private static async Task<Answer> Show(Visit visit)
    {
        var job = await ReadAsync(visit);
        return Answer.Page<Jobs.JobPage, JobView>(visit.Name("kind.", job.Kind), job);
    }

    private static async Task<Answer> Live(Visit visit)
    {
        var job = await ReadAsync(visit);
        return Answer.Part<Jobs.JobLive, JobView>(job, isLast: !job.IsOpen);
    }

    private static Task<JobView> ReadAsync(Visit visit) => visit.AskAsync("jobs.get", new() { ["id"] = visit.Part("id") }, PortalJson.Default.JobView);

    private static async Task<Answer> Do(Visit visit, string operation, string notice)
    {
        await visit.DoAsync(operation, new() { ["id"] = visit.Part("id") });
        return Answer.Go($"/jobs/{visit.Part("id")}", visit[notice]);
    }
}

/// <summary>Jobs of one state, or of all.</summary>
public sealed record JobsModel(Page<JobView> Jobs, string? State);
