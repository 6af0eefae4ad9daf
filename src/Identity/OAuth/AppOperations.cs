using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>Programs an organisation has made: list, make, a new secret, delete.</summary>
internal static class AppOperations
{
    private static readonly RefusalNote NotFound = new("identity.app_not_found", 404, "there is no such program of this organisation");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/apps", List).As(new Operation("identity.list_apps", "identity.read", "Lists the programs the organisation has made, newest first."));
        routes.MapPost("/api/v1/identity/apps", Create).As(new Operation("identity.create_app", "identity.write", "Makes a program that people can let in; its secret is told once.")
        {
            Changes = true, AnswersOnce = true, Example = """{"name":"Release notes bot","redirectUris":["https://bot.example.org/back"],"scopes":["publishing.read"],"isConfidential":true}""",
            Refusals = [new RefusalNote("identity.scope_invalid", 400, "a scope has the wrong form"), new RefusalNote("identity.scope_not_held", 403, "the caller may not do it either"), new RefusalNote("identity.redirect_invalid", 400, "an address cannot be registered")],
        });
        routes.MapPost("/api/v1/identity/apps/{id:guid}/secret", Renew).As(new Operation("identity.renew_app_secret", "identity.write", "Gives a program a new secret; the old one ends at once.") { Changes = true, AnswersOnce = true, Refusals = [NotFound] });
        routes.MapDelete("/api/v1/identity/apps/{id:guid}", Delete).As(new Operation("identity.delete_app", "identity.write", "Deletes a program; nobody can let it in any more, and its refresh tokens end.") { Changes = true, Refusals = [NotFound] });
    }

    private static Task<Ok<AppList>> List(TenantSession session, CancellationToken cancel) => session.AcrossAsync(TenantId.Platform, async platform =>
        TypedResults.Ok(new AppList([.. await platform.Connection.QueryAsync<AppInfo>(new CommandDefinition(
            """
            select id, name, redirect_uris as "RedirectUris", scopes, secret_hash is not null as "IsConfidential", created_by as "CreatedBy", created_at as "CreatedAt"
            from identity.apps where tenant_id = kernel.current_tenant() and organisation_id = @organisation and deleted_at is null order by created_at desc, id limit 200
            """, new { organisation = session.Tenant.Value }, cancellationToken: cancel))])), cancel);

    private static async Task<Created<NewApp>> Create(CreateApp request, Caller caller, TenantSession session, CancellationToken cancel)
    {
        Scopes.Require(request.Scopes);
        if (request.Scopes.FirstOrDefault(scope => !Scopes.IsHeld(caller, scope)) is { } scope)
            throw new Refusal("identity.scope_not_held", $"You may not do {scope} yourself, so you cannot give it to a program.", 403);
        foreach (var uri in request.RedirectUris) RedirectUri.Require(uri);
        var (id, secret) = (Guid.CreateVersion7(), request.IsConfidential ? Secret.New() : null);
        var made = await session.AcrossAsync(TenantId.Platform, platform => platform.Connection.QuerySingleAsync<AppInfo>(new CommandDefinition(
            """
            insert into identity.apps (id, organisation_id, name, redirect_uris, scopes, secret_hash, created_by) values (@id, @organisation, @Name, @uris, @list, @hash, @Subject)
            returning id, name, redirect_uris as "RedirectUris", scopes, secret_hash is not null as "IsConfidential", created_by as "CreatedBy", created_at as "CreatedAt"
            """, new { id, organisation = session.Tenant.Value, request.Name, uris = request.RedirectUris.ToArray(), list = request.Scopes.ToArray(), hash = secret?.Hash, caller.Subject }, cancellationToken: cancel)), cancel);
        return TypedResults.Created($"/api/v1/identity/apps/{id}", new NewApp(made, secret?.Text));
    }

    private static async Task<Ok<NewAppSecret>> Renew(Guid id, TenantSession session, CancellationToken cancel)
    {
        var secret = Secret.New();
        await ChangeAsync(session, id, "secret_hash = @Hash", secret.Hash, cancel);
        return TypedResults.Ok(new NewAppSecret(secret.Text));
    }

    private static async Task<NoContent> Delete(Guid id, TenantSession session, CancellationToken cancel)
    {
        await ChangeAsync(session, id, "deleted_at = now()", null, cancel);
        return TypedResults.NoContent();
    }

    private static async Task ChangeAsync(TenantSession session, Guid id, string change, byte[]? hash, CancellationToken cancel)
    {
        var changed = await session.AcrossAsync(TenantId.Platform, platform => platform.Connection.ExecuteAsync(new CommandDefinition(
            $"update identity.apps set {change} where tenant_id = kernel.current_tenant() and id = @id and organisation_id = @organisation and deleted_at is null",
            new { id, organisation = session.Tenant.Value, Hash = hash }, cancellationToken: cancel)), cancel);
        if (changed == 0) throw new Refusal("identity.app_not_found", "There is no such program of this organisation.", 404);
    }
}

/// <summary>A program as it may be shown.</summary>
internal sealed class AppInfo
{
    /// <summary>Its <c>client_id</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people read when they are asked.</summary>
    public required string Name { get; init; }

    /// <summary>Where answers may go.</summary>
    public required string[] RedirectUris { get; init; }

    /// <summary>The most it may ask for.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>True when it has a secret.</summary>
    public required bool IsConfidential { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }
}

/// <param name="Items">Newest first.</param>
internal sealed record AppList(IReadOnlyList<AppInfo> Items);

/// <param name="App">What may be shown later as well.</param>
/// <param name="Secret">Its <c>client_secret</c>, told once; null for a program that cannot keep one.</param>
internal sealed record NewApp(AppInfo App, string? Secret);

/// <param name="Secret">The new <c>client_secret</c>, told once.</param>
internal sealed record NewAppSecret(string Secret);

/// <summary>What a new program shall be.</summary>
internal sealed record CreateApp
{
    /// <summary>What people read when they are asked.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Where answers may go; none for a program that uses device codes or acts for itself.</summary>
    [Required, MaxLength(20)]
    public required IReadOnlyList<string> RedirectUris { get; init; }

    /// <summary>The most it may ask for.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>True when it runs where it can keep a secret: on a server.</summary>
    public bool IsConfidential { get; init; }
}
