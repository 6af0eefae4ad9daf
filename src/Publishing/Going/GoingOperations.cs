using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Decisions about what visitors see: back to a release, hold it, let go, take a preview over.</summary>
internal static class GoingOperations
{
    private const int MostSwitches = 100;
    private static readonly RefusalNote[] Refusals = [SiteOperations.NotFound, ReleaseOperations.NotFound];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/publishing/sites/{name}/rollback", Rollback).As(new Operation("publishing.rollback", "publishing.write", "Shows visitors a release again, or the one before when none is named.")
        {
            Changes = true, Refusals = [.. Refusals, new RefusalNote("publishing.nothing_before", 409, "nothing else was ever live")], Example = "{}",
        });
        routes.MapPost("/api/v1/publishing/sites/{name}/pin", Pin).As(new Operation("publishing.pin", "publishing.write", "Holds a site at a release, the live one when none is named; builds no longer go live.") { Changes = true, Refusals = Refusals, Example = "{}" });
        routes.MapPost("/api/v1/publishing/sites/{name}/unpin", Unpin).As(new Operation("publishing.unpin", "publishing.write", "Lets a held site go; the next build goes live again.") { Changes = true, Refusals = [SiteOperations.NotFound] });
        routes.MapPost("/api/v1/publishing/sites/{name}/promote", Promote).As(new Operation("publishing.promote", "publishing.write", "Shows visitors what a preview shows, without building again.")
        {
            Changes = true, Refusals = [SiteOperations.NotFound, new RefusalNote("publishing.preview_not_found", 404, "the site has no such preview")], Example = """{"label":"new-design"}""",
        });
        routes.MapGet("/api/v1/publishing/sites/{name}/previews", Previews).As(new Operation("publishing.list_previews", "publishing.read", "Lists a site's newest hundred previews.") { Refusals = [SiteOperations.NotFound] });
        routes.MapGet("/api/v1/publishing/sites/{name}/switches", Switches).As(new Operation("publishing.list_switches", "publishing.read", "Tells what was live, newest first, and why.") { Refusals = [SiteOperations.NotFound] });
    }

    private static async Task<Ok<SiteInfo>> Rollback(string name, ChooseRelease request, TenantSession session, GoLive goLive, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var release = request.Release ?? await session.Connection.ExecuteScalarAsync<Guid?>(
            """
            select s.previous_id from publishing.switches s join publishing.releases r on r.tenant_id = s.tenant_id and r.id = s.previous_id
            where s.tenant_id = @tenant and s.site_id = @Id and s.release_id = @LiveRelease order by s.at desc limit 1
            """, new { tenant = session.Tenant.Value, site.Id, site.LiveRelease })
            ?? throw new Refusal("publishing.nothing_before", "Nothing else was ever live on this site.", 409);
        return await DecideAsync(session, goLive, options, site, release, "rollback", request.Pin ? true : null, cancel);
    }

    private static async Task<Ok<SiteInfo>> Pin(string name, ChooseRelease request, TenantSession session, GoLive goLive, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return await DecideAsync(session, goLive, options, site, request.Release ?? site.LiveRelease ?? Guid.Empty, "pin", true, cancel);
    }

    private static async Task<Ok<SiteInfo>> Unpin(string name, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        await session.Connection.ExecuteAsync("update publishing.sites set is_pinned = false where tenant_id = @tenant and id = @Id", new { tenant = session.Tenant.Value, site.Id });
        return TypedResults.Ok(site with { IsPinned = false, Url = options.AddressOf(name).AbsoluteUri });
    }

    private static async Task<Ok<SiteInfo>> Promote(string name, PromotePreview request, TenantSession session, GoLive goLive, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var release = await session.Connection.ExecuteScalarAsync<Guid?>("select release_id from publishing.previews where tenant_id = @tenant and site_id = @Id and label = @Label", new { tenant = session.Tenant.Value, site.Id, request.Label })
            ?? throw new Refusal("publishing.preview_not_found", "The site has no such preview.", 404);
        return await DecideAsync(session, goLive, options, site, release, "promote", null, cancel);
    }

    private static async Task<Ok<SiteInfo>> DecideAsync(TenantSession session, GoLive goLive, PublishingOptions options, SiteInfo site, Guid release, string reason, bool? pin, CancellationToken cancel)
    {
        await ReleaseStore.FindAsync(session, site.Id, release, cancel);
        await goLive.ByDecisionAsync(session, site.Id, release, reason, pin, cancel);
        return TypedResults.Ok(await SiteStore.FindAsync(session, site.Id, cancel) with { Url = options.AddressOf(site.Name).AbsoluteUri });
    }

    private static async Task<Ok<IReadOnlyList<PreviewInfo>>> Previews(string name, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var previews = await session.Connection.QueryAsync<PreviewInfo>(
            "select label, kind, ref, release_id as Release, updated_at as UpdatedAt from publishing.previews where tenant_id = @tenant and site_id = @Id order by updated_at desc, label limit 100", new { tenant = session.Tenant.Value, site.Id });
        return TypedResults.Ok<IReadOnlyList<PreviewInfo>>([.. previews.Select(preview => preview with { Url = options.AddressOf(name, preview.Label).AbsoluteUri })]);
    }

    private static async Task<Ok<IReadOnlyList<SwitchInfo>>> Switches(string name, TenantSession session, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok<IReadOnlyList<SwitchInfo>>((await session.Connection.QueryAsync<SwitchInfo>(
            "select release_id as Release, previous_id as Previous, reason, actor, at from publishing.switches where tenant_id = @tenant and site_id = @Id order by at desc limit @MostSwitches",
            new { tenant = session.Tenant.Value, site.Id, MostSwitches })).AsList());
    }
}

internal sealed record ChooseRelease
{
    /// <summary>The release; left out, the obvious one.</summary>
    public Guid? Release { get; init; }

    /// <summary>Hold the site there.</summary>
    public bool Pin { get; init; }
}

internal sealed record PromotePreview
{
    [Required, StringLength(63, MinimumLength = 1)]
    public required string Label { get; init; }
}

/// <summary>A preview as people see it.</summary>
internal sealed record PreviewInfo
{
    public string Label { get; init; } = "";

    /// <summary><c>branch</c>: follows it. <c>commit</c>: stays.</summary>
    public string Kind { get; init; } = "";

    public string Ref { get; init; } = "";

    public Guid Release { get; init; }

    public DateTime UpdatedAt { get; init; }

    public string Url { get; init; } = "";
}

/// <summary>One change of what visitors see.</summary>
internal sealed record SwitchInfo
{
    public Guid Release { get; init; }

    public Guid? Previous { get; init; }

    /// <summary><c>build</c>, <c>rollback</c>, <c>promote</c> or <c>pin</c>.</summary>
    public string Reason { get; init; } = "";

    public string Actor { get; init; } = "";

    public DateTime At { get; init; }
}
