using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Targets of a site and what was carried there.</summary>
internal static class TargetOperations
{
    private static readonly RefusalNote NotFound = new("targets.not_found", 404, "the site has no such target"), Invalid = new("targets.settings_invalid", 422, "a setting is missing, unknown or no good"),
        Locked = new("encryption.*", 503, "values cannot be encrypted");

    private static readonly Listing<DeploymentInfo> Deployments = new("publishing.deployments", "id, release_id, reason, state, url, remote_id, files, uploaded, uploaded_bytes, error_code, error, created_at, finished_at",
        row => new DeploymentInfo
        {
            Id = row.GetGuid(0), Release = row.GetGuid(1), Reason = row.GetString(2), State = row.GetString(3), Url = Text(row, 4), RemoteId = Text(row, 5), Files = row.IsDBNull(6) ? null : row.GetInt32(6),
            Uploaded = row.IsDBNull(7) ? null : row.GetInt32(7), UploadedBytes = row.IsDBNull(8) ? null : row.GetInt64(8), ErrorCode = Text(row, 9), Error = Text(row, 10), CreatedAt = row.GetDateTime(11),
            FinishedAt = row.IsDBNull(12) ? null : row.GetDateTime(12),
        }, [("createdAt", "created_at", "timestamptz")], [("target", "target_id", "uuid"), ("state", "state", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/publishing/sites/{name}/targets", Add).As(new Operation("publishing.add_target", "publishing.write", "Adds a place elsewhere to which what goes live is carried.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound, Invalid, Locked, new RefusalNote("targets.known", 409, "the site has a target of that name")],
            Example = """{"name":"pages","kind":"git","settings":{"repository":"https://github.com/acme/lantern","branch":"gh-pages"},"secret":"…"}""",
        });
        routes.MapGet("/api/v1/publishing/sites/{name}/targets", List).As(new Operation("publishing.list_targets", "publishing.read", "Lists a site's targets with what stands there.") { Refusals = [SiteOperations.NotFound] });
        routes.MapPatch("/api/v1/publishing/sites/{name}/targets/{target}", Change).As(new Operation("publishing.change_target", "publishing.write", "Switches a target on or off, or changes its settings and key.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound, NotFound, Invalid, Locked], Example = """{"isEnabled":false}""",
        });
        routes.MapDelete("/api/v1/publishing/sites/{name}/targets/{target}", Remove).As(new Operation("publishing.remove_target", "publishing.write", "Removes a target; what stands there stays.") { Changes = true, Refusals = [SiteOperations.NotFound, NotFound] });
        routes.MapGet("/api/v1/publishing/sites/{name}/targets/{target}/deployments", ListDeployments).As(new Operation("publishing.list_deployments", "publishing.read", "Lists what was carried to a target, newest first.") { Refusals = [SiteOperations.NotFound, NotFound] });
        routes.MapPost("/api/v1/publishing/sites/{name}/targets/{target}/deployments", Deploy).As(new Operation("publishing.deploy", "publishing.write", "Carries a release to a target: the live one when none is named, an older one to go back, the same one to try again.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound, NotFound, ReleaseOperations.NotFound], Example = "{}",
        });
    }

    private static async Task<Created<TargetInfo>> Add(string name, AddTarget request, TenantSession session, TargetStore store, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var target = await store.AddAsync(session, site.Id, request, cancel);
        if (site.LiveRelease is { } live) await DeployRelease.AskAsync(session, site.Id, target.Id, live, "added", cancel);
        return TypedResults.Created($"/api/v1/publishing/sites/{name}/targets/{target.Name}", target);
    }

    private static async Task<Ok<IReadOnlyList<TargetInfo>>> List(string name, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(await TargetStore.ListAsync(session, site.Id, cancel));
    }

    private static async Task<Ok<TargetInfo>> Change(string name, string target, ChangeTarget request, TenantSession session, TargetStore store, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(await store.ChangeAsync(session, site.Id, await TargetStore.FindAsync(session, site.Id, target, cancel), request, cancel));
    }

    private static async Task<NoContent> Remove(string name, string target, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var found = await TargetStore.FindAsync(session, site.Id, target, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from publishing.targets where tenant_id = @tenant and id = @Id", new { tenant = session.Tenant.Value, found.Id }, cancellationToken: cancel));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<DeploymentInfo>>> ListDeployments(string name, string target, [AsParameters] PageQuery page, string? state, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var found = await TargetStore.FindAsync(session, site.Id, target, cancel);
        return TypedResults.Ok(await Deployments.ReadAsync(session, page, new Dictionary<string, string?> { ["target"] = found.Id.ToString(), ["state"] = state }, cancel));
    }

    private static async Task<Accepted<DeploymentInfo>> Deploy(string name, string target, DeployTo request, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var found = await TargetStore.FindAsync(session, site.Id, target, cancel);
        var release = await ReleaseStore.FindAsync(session, site.Id, request.Release ?? site.LiveRelease ?? Guid.Empty, cancel);
        var id = await DeployRelease.AskAsync(session, site.Id, found.Id, release.Id, request.Release is null ? "retry" : "rollback", cancel);
        return TypedResults.Accepted((string?)null, new DeploymentInfo { Id = id, Release = release.Id, Reason = request.Release is null ? "retry" : "rollback", State = "waiting", CreatedAt = DateTime.UtcNow });
    }

    private static string? Text(Npgsql.NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

internal sealed record AddTarget
{
    [Required, RegularExpression("[a-z0-9][a-z0-9-]{0,39}", ErrorMessage = "has up to 40 lower-case letters, digits and hyphens.")]
    public required string Name { get; init; }

    [Required, RegularExpression("git|s3|netlify|vercel", ErrorMessage = "is git, s3, netlify or vercel.")]
    public required string Kind { get; init; }

    /// <summary><c>git</c>: repository, branch, domain. <c>s3</c>: endpoint, bucket, accessKeyId, region, prefix. <c>netlify</c>: siteId. <c>vercel</c>: project, teamId.</summary>
    [Required]
    public required Dictionary<string, string> Settings { get; init; }

    /// <summary>Token or secret key; kept encrypted and never shown.</summary>
    [StringLength(10_000)]
    public string? Secret { get; init; }
}

/// <summary>What is to be different; what is left out stays.</summary>
internal sealed record ChangeTarget
{
    public bool? IsEnabled { get; init; }

    public Dictionary<string, string>? Settings { get; init; }

    [StringLength(10_000)]
    public string? Secret { get; init; }
}

internal sealed record DeployTo
{
    /// <summary>The release; left out, the live one.</summary>
    public Guid? Release { get; init; }
}
