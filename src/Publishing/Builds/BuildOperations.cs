using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Builds: asked for, looked at, stopped, tried again.</summary>
internal static class BuildOperations
{
    private const int LinesAtOnce = 500;
    private const string Columns = "id, job_id, branch, commit, sequence, state, outcome, stages::text, release_id, error_code, error, started_at, finished_at, (select name from publishing.sites where sites.tenant_id = builds.tenant_id and sites.id = builds.site_id)";
    private static readonly RefusalNote NotFound = new("publishing.build_not_found", 404, "there is no such build");
    private static readonly Listing<BuildInfo> Builds = new("publishing.builds", Columns, Read, [("startedAt", "started_at", "timestamptz")], [("site", "site_id", "uuid"), ("state", "state", "text"), ("branch", "branch", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/publishing/sites/{name}/builds", Ask).As(new Operation("publishing.build", "publishing.write", "Builds the newest commit of a branch, or a given one, and publishes it.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound], Example = """{"branch":"new-design"}""",
        });
        routes.MapGet("/api/v1/publishing/sites/{name}/builds", List).As(new Operation("publishing.list_builds", "publishing.read", "Lists a site's builds, newest first.") { Refusals = [SiteOperations.NotFound] });
        routes.MapGet("/api/v1/publishing/builds", ListAll).As(new Operation("publishing.list_all_builds", "publishing.read", "Lists builds of all sites, newest first."));
        routes.MapGet("/api/v1/publishing/builds/{id:guid}", Get).As(new Operation("publishing.get_build", "publishing.read", "Shows a build with the time and size of its stages.") { Refusals = [NotFound] });
        routes.MapGet("/api/v1/publishing/builds/{id:guid}/log", Log).As(new Operation("publishing.get_build_log", "publishing.read", "Shows a build's log, from a line on.") { Refusals = [NotFound] });
        routes.MapPost("/api/v1/publishing/builds/{id:guid}/cancel", Cancel).As(new Operation("publishing.cancel_build", "publishing.write", "Stops a build; what is live stays.") { Changes = true, Refusals = [NotFound] });
        routes.MapPost("/api/v1/publishing/builds/{id:guid}/retry", Retry).As(new Operation("publishing.retry_build", "publishing.write", "Tries a failed or cancelled build again.")
        {
            Changes = true, Refusals = [NotFound, new RefusalNote("jobs.not_ended", 409, "it waits, runs or is done")],
        });
    }

    private static async Task<Accepted<BuildRequested>> Ask(string name, RequestBuild request, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var asked = await BuildRequests.AskAsync(session, await SiteStore.FindAsync(session, name, cancel), request.Branch, request.Commit, options, cancel);
        return TypedResults.Accepted(asked.Job is { } job ? $"/api/v1/jobs/{job}" : null, asked);
    }

    private static async Task<Ok<Page<BuildInfo>>> List(string name, [AsParameters] PageQuery page, string? state, string? branch, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(await Builds.ReadAsync(session, page, new Dictionary<string, string?> { ["site"] = site.Id.ToString(), ["state"] = state, ["branch"] = branch }, cancel));
    }

    private static async Task<Ok<Page<BuildInfo>>> ListAll([AsParameters] PageQuery page, string? state, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Builds.ReadAsync(session, page, new Dictionary<string, string?> { ["state"] = state }, cancel));

    private static async Task<Ok<BuildInfo>> Get(Guid id, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await FindAsync(session, id, cancel));

    private static async Task<Ok<BuildLog>> Log(Guid id, int? after, TenantSession session, CancellationToken cancel)
    {
        var build = await FindAsync(session, id, cancel);
        var lines = (await session.Connection.QueryAsync<BuildLine>(
            "select number, stage, text, at from publishing.build_lines where tenant_id = @tenant and build_id = @id and number > @after order by number limit @LinesAtOnce",
            new { tenant = session.Tenant.Value, id, after = after ?? 0, LinesAtOnce })).AsList();
        return TypedResults.Ok(new BuildLog { Lines = lines, Next = lines.Count > 0 ? lines[^1].Number : after ?? 0, IsComplete = build.State != "running" && lines.Count < LinesAtOnce });
    }

    private static async Task<Ok<BuildInfo>> Cancel(Guid id, TenantSession session, CancellationToken cancel)
    {
        await session.CancelJobAsync((await FindAsync(session, id, cancel)).Job, cancel);
        return TypedResults.Ok(await FindAsync(session, id, cancel));
    }

    private static async Task<Ok<BuildInfo>> Retry(Guid id, TenantSession session, CancellationToken cancel)
    {
        await session.RetryJobAsync((await FindAsync(session, id, cancel)).Job, cancel);
        return TypedResults.Ok(await FindAsync(session, id, cancel));
    }

    private static async Task<BuildInfo> FindAsync(TenantSession session, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from publishing.builds where tenant_id = $1 and id = $2", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Read(row) : throw new Refusal("publishing.build_not_found", "There is no such build.", 404);
    }

    private static BuildInfo Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), Job = row.GetGuid(1), Branch = row.GetString(2), Commit = Text(row, 3), Sequence = row.GetInt64(4), State = row.GetString(5), Outcome = Text(row, 6),
        Stages = JsonSerializer.Deserialize(row.GetString(7), PublishingJson.Default.ListStageTime)!, Release = row.IsDBNull(8) ? null : row.GetGuid(8), ErrorCode = Text(row, 9), Error = Text(row, 10),
        StartedAt = row.GetDateTime(11), FinishedAt = row.IsDBNull(12) ? null : row.GetDateTime(12), Site = row.GetString(13),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

internal sealed record RequestBuild
{
    /// <summary>The branch; left out, the one that goes live.</summary>
    [StringLength(250)]
    public string? Branch { get; init; }

    /// <summary>A commit of it; left out, its newest.</summary>
    [RegularExpression("[0-9a-f]{7,64}", ErrorMessage = "is the hexadecimal name of a commit.")]
    public string? Commit { get; init; }
}
