using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>One's own sessions, and the organisation one acts for.</summary>
internal static class SessionOperations
{
    private static readonly RefusalNote NotFound = new("identity.session_not_found", 404, "the account has no such session"), NotAPerson = new("identity.not_a_person", 403, "a key has no account");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/sessions", List).As(new Operation("identity.list_sessions", Roles.Self, "Lists one's own sessions that hold, the newest first.") { OnPlatform = true, Refusals = [NotAPerson] });
        routes.MapPatch("/api/v1/identity/sessions/{id:guid}", Name).As(new Operation("identity.name_session", Roles.Self, "Gives one of one's own sessions a name.")
        {
            Changes = true, OnPlatform = true, Refusals = [NotFound, NotAPerson], Example = """{"name":"Laptop at home"}""",
        });
        routes.MapPost("/api/v1/identity/sessions/{id:guid}/end", End).As(new Operation("identity.end_session", Roles.Self, "Ends one of one's own sessions.") { Changes = true, OnPlatform = true, Refusals = [NotFound, NotAPerson] });
        routes.MapPost("/api/v1/identity/sessions/end-others", EndOthers).As(new Operation("identity.end_other_sessions", Roles.Self, "Ends all of one's own sessions but this one.") { Changes = true, OnPlatform = true, Refusals = [NotAPerson] });
        routes.MapGet("/api/v1/identity/organisations", Organisations).As(new Operation("identity.list_organisations", Roles.Self, "Lists the organisations one belongs to, with one's role in each.") { OnPlatform = true, Refusals = [NotAPerson] });
        routes.MapPost("/api/v1/identity/organisations/{id:guid}/switch", Switch).As(new Operation("identity.switch_organisation", Roles.Self, "Acts for another of one's own organisations from now on, in this session.")
        {
            Changes = true, OnPlatform = true, Refusals = [new RefusalNote("identity.organisation_unknown", 404, "one belongs to no such organisation"), NotAPerson],
        });
    }

    /// <summary>The person who calls, with their session.</summary>
    /// <exception cref="Refusal"><c>identity.not_a_person</c>.</exception>
    public static async Task<SignedIn> RequireAsync(HttpContext http, SessionCallers sessions, CancellationToken cancel) =>
        (http.Request.Headers.Authorization.Count > 0 ? null : await sessions.FindAsync(http, cancel)) ?? throw PersonNeeded();

    /// <summary>The account of the caller.</summary>
    /// <exception cref="Refusal"><c>identity.not_a_person</c>.</exception>
    public static Guid RequireAccount(Caller caller) => Account.Of(caller) ?? throw PersonNeeded();

    /// <summary>Makes another organisation the session's active one.</summary>
    /// <exception cref="Refusal"><c>identity.organisation_unknown</c>.</exception>
    public static async Task SwitchAsync(TenantSession platform, SignedIn who, Guid organisation, CancellationToken cancel)
    {
        if (await MemberStore.RoleAsync(platform, organisation, who.Account.Id, cancel) is null) throw new Refusal("identity.organisation_unknown", "You belong to no such organisation.", 404);
        await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.sessions set organisation_id = @organisation where tenant_id = kernel.current_tenant() and id = @Session", new { organisation, who.Session }, cancel));
    }

    private static Refusal PersonNeeded() => new("identity.not_a_person", "Only somebody who is signed in can do this; a key has no account.", 403);

    private static async Task<Ok<SessionList>> List(HttpContext http, Caller caller, TenantSession platform, SessionCallers sessions, SettingLayers settings, TimeProvider clock, CancellationToken cancel)
    {
        var (account, now, here) = (RequireAccount(caller), clock.GetUtcNow(), await sessions.FindAsync(http, cancel));
        var rows = await platform.Connection.QueryAsync<SessionInfo>(AccountStore.Command(
            """
            select id, name, method, address, created_at as "CreatedAt", seen_at as "SeenAt", expires_at as "ExpiresAt", id = @current as "IsCurrent"
            from identity.sessions where tenant_id = kernel.current_tenant() and account_id = @account and ended_at is null and expires_at > @now and seen_at > @idle
            order by created_at desc, id desc limit 200
            """, new { account, now, idle = now - TimeSpan.FromMinutes(settings.Get(IdentitySettings.SessionIdleMinutes)), current = here?.Session ?? Guid.Empty }, cancel));
        return TypedResults.Ok(new SessionList { Items = [.. rows] });
    }

    private static async Task<NoContent> Name(Guid id, NameSession request, Caller caller, TenantSession platform, CancellationToken cancel)
    {
        if (await platform.Connection.ExecuteAsync(AccountStore.Command(
            "update identity.sessions set name = @Name where tenant_id = kernel.current_tenant() and id = @id and account_id = @account and ended_at is null", new { id, account = RequireAccount(caller), request.Name }, cancel)) == 0)
            throw NoSuchSession();
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> End(Guid id, Caller caller, TenantSession platform, SessionCallers sessions, TimeProvider clock, CancellationToken cancel)
    {
        var account = RequireAccount(caller);
        if ((await SessionStore.EndAsync(platform, account, id, null, clock.GetUtcNow(), cancel)).Count == 0) throw NoSuchSession();
        platform.AfterCommit(() => sessions.Forget(account));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndOthers(HttpContext http, TenantSession platform, SessionCallers sessions, TimeProvider clock, CancellationToken cancel)
    {
        var who = await RequireAsync(http, sessions, cancel);
        await SessionStore.EndAsync(platform, who.Account.Id, null, who.Session, clock.GetUtcNow(), cancel);
        platform.AfterCommit(() => sessions.Forget(who.Account.Id));
        return TypedResults.NoContent();
    }

    private static async Task<Ok<BelongingList>> Organisations(Caller caller, TenantSession platform, CancellationToken cancel) =>
        TypedResults.Ok(new BelongingList { Items = await MemberStore.ListAsync(platform, RequireAccount(caller), cancel) });

    private static async Task<NoContent> Switch(Guid id, HttpContext http, TenantSession platform, SessionCallers sessions, CancellationToken cancel)
    {
        var who = await RequireAsync(http, sessions, cancel);
        await SwitchAsync(platform, who, id, cancel);
        platform.AfterCommit(() => sessions.Forget(who.Account.Id));
        return TypedResults.NoContent();
    }

    private static Refusal NoSuchSession() => new("identity.session_not_found", "You have no such session.", 404);
}

/// <summary>One's sessions.</summary>
internal sealed record SessionList
{
    public required IReadOnlyList<SessionInfo> Items { get; init; }
}

/// <summary>One's organisations.</summary>
internal sealed record BelongingList
{
    public required IReadOnlyList<Belonging> Items { get; init; }
}

/// <summary>A new name.</summary>
internal sealed record NameSession
{
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }
}

/// <summary>A session as its owner sees it.</summary>
internal sealed record SessionInfo
{
    public required Guid Id { get; init; }

    /// <summary>Browser and system, or what its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary><c>password</c>, <c>link</c> or <c>passkey</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Where it began.</summary>
    public required string Address { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Last request, to the minute.</summary>
    public required DateTime SeenAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    /// <summary>The one this request was made with.</summary>
    public required bool IsCurrent { get; init; }
}
