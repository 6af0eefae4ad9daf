using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>What was found on published releases.</summary>
internal static class CheckOperations
{
    private static readonly RefusalNote NotChecked = new("publishing.not_checked", 404, "nobody has looked at the release yet");

    private static readonly Listing<CheckSummary> Checks = new("publishing.checks", "release_id, problems, front_bytes, checked_at",
        row => new CheckSummary { Release = row.GetGuid(0), Problems = row.GetInt32(1), FrontBytes = row.GetInt64(2), CheckedAt = row.GetDateTime(3) },
        [("checkedAt", "checked_at", "timestamptz"), ("problems", "problems", "int")], [("site", "site_id", "uuid")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/publishing/sites/{name}/checks", List).As(new Operation("publishing.list_checks", "publishing.read", "Lists what was found on a site's releases, newest first.") { Refusals = [SiteOperations.NotFound] });
        routes.MapGet("/api/v1/publishing/sites/{name}/releases/{release:guid}/check", Get).As(new Operation("publishing.get_check", "publishing.read", "Shows what was found on a release: links, weight, accessibility, headers.")
        {
            Refusals = [SiteOperations.NotFound, ReleaseOperations.NotFound, NotChecked],
        });
        routes.MapPost("/api/v1/publishing/sites/{name}/releases/{release:guid}/check", Ask).As(new Operation("publishing.check_release", "publishing.write", "Looks at a release again.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound, ReleaseOperations.NotFound],
        });
    }

    private static async Task<Ok<Page<CheckSummary>>> List(string name, [AsParameters] PageQuery page, string? checkedAtFrom, string? checkedAtBefore, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(await Checks.ReadAsync(session, page, new Dictionary<string, string?> { ["site"] = site.Id.ToString(), ["checkedAtFrom"] = checkedAtFrom, ["checkedAtBefore"] = checkedAtBefore }, cancel));
    }

    private static async Task<Ok<CheckReport>> Get(string name, Guid release, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        await ReleaseStore.FindAsync(session, site.Id, release, cancel);
        return TypedResults.Ok(await CheckStore.FindAsync(session, release, cancel)
            ?? throw new Refusal("publishing.not_checked", "Nobody has looked at this release yet; ask for it with publishing.check_release.", 404));
    }

    private static async Task<Accepted<CheckRequested>> Ask(string name, Guid release, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        await ReleaseStore.FindAsync(session, site.Id, release, cancel);
        var job = await session.EnqueueAsync(CheckRelease.Kind, new CheckRelease(site.Id, release), new JobRequest { DedupeKey = $"check {release:N}" }, cancel);
        return TypedResults.Accepted($"/api/v1/jobs/{job}", new CheckRequested { Job = job });
    }
}

/// <summary>One look in a list.</summary>
internal sealed record CheckSummary
{
    public required Guid Release { get; init; }

    /// <summary>Findings of all rules.</summary>
    public required int Problems { get; init; }

    /// <summary>What the front page weighs with everything it names, as sent, in bytes.</summary>
    public required long FrontBytes { get; init; }

    public required DateTime CheckedAt { get; init; }
}

internal sealed record CheckRequested
{
    public required Guid Job { get; init; }
}
