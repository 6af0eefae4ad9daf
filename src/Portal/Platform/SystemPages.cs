using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>How the server is: what answers, how long it takes, what it is made of.</summary>
internal static class SystemPages
{
    public static void Map(PortalRoutes pages) => pages.Get("/system", Show);

    private static async Task<Answer> Show(Visit visit)
    {
        var began = Stopwatch.GetTimestamp();
        var answers = await visit.Http.RequestServices.GetRequiredService<Database>().AnswersAsync(visit.Gone);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        using var self = Process.GetCurrentProcess();
        var waiting = await visit.TryAskAsync("jobs.list", new() { ["state"] = "waiting", ["limit"] = 100 }, PortalJson.Default.PageJobView);
        var running = await visit.TryAskAsync("jobs.list", new() { ["state"] = "running", ["limit"] = 100 }, PortalJson.Default.PageJobView);
        var failed = await visit.TryAskAsync("jobs.list", new() { ["state"] = "failed", ["limit"] = 100 }, PortalJson.Default.PageJobView);
        return Answer.Page<Platform.SystemPage, SystemModel>(visit["place.system"], new SystemModel
        {
            DatabaseAnswers = answers, DatabaseMilliseconds = took, UpSince = self.StartTime.ToUniversalTime(), MemoryBytes = self.WorkingSet64, Threads = self.Threads.Count,
            Version = typeof(SystemPages).Assembly.GetName().Version?.ToString(3) ?? "", Runtime = Environment.Version.ToString(), Waiting = waiting?.Items.Count, Running = running?.Items.Count, Failed = failed?.Items.Count,
        });
    }
}

/// <summary>One node, now.</summary>
public sealed record SystemModel
{
    public required bool DatabaseAnswers { get; init; }

    public required double DatabaseMilliseconds { get; init; }

    public required DateTime UpSince { get; init; }

    public required long MemoryBytes { get; init; }

    public required int Threads { get; init; }

    public required string Version { get; init; }

    public required string Runtime { get; init; }

    /// <summary>Jobs of the organisation that wait, at most 100 are counted; null when the caller may not know.</summary>
    public required int? Waiting { get; init; }

    /// <summary>That run.</summary>
    public required int? Running { get; init; }

    /// <summary>That were given up.</summary>
    public required int? Failed { get; init; }
}
