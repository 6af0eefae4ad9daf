using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>API keys as operations: list, make, revoke.</summary>
internal static class KeyOperations
{
    private const int UsualDays = 365, UsualOverlapHours = 24;

    private static readonly Listing<ApiKey> Keys = new("identity.api_keys", ApiKeys.Columns, ApiKeys.Read, [("createdAt", "created_at", "timestamptz")], []);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/keys", List).As(new Operation("identity.list_keys", "identity.read", "Lists API keys, newest first; never their text."));
        routes.MapPost("/api/v1/identity/keys", Create).As(new Operation("identity.create_key", "identity.write", "Makes an API key; the answer is the only time its text is told.")
        {
            Changes = true, AnswersOnce = true, Example = """{"name":"nightly build","scopes":["jobs.read"],"lifetimeDays":90}""",
            Refusals = [new RefusalNote("identity.scope_invalid", 400, "a scope has the wrong form"), new RefusalNote("identity.scope_not_held", 403, "the caller may not do it either")],
        });
        routes.MapPost("/api/v1/identity/keys/{id:guid}/rotate", Rotate).As(new Operation("identity.rotate_key", "identity.write", "Makes a key in the place of another, which holds on for a while so that programs change over without a gap.")
        {
            Changes = true, AnswersOnce = true, Example = """{"overlapHours":24}""", Refusals = [new RefusalNote("identity.key_not_found", 404, "there is no such key that holds"), new RefusalNote("identity.scope_not_held", 403, "the key may do what the caller may not")],
        });
        routes.MapPost("/api/v1/identity/keys/{id:guid}/revoke", Revoke).As(new Operation("identity.revoke_key", "identity.write", "Ends an API key for good.")
        {
            Changes = true, Refusals = [new RefusalNote("identity.key_not_found", 404, "there is no such key")],
        });
    }

    private static async Task<Ok<Page<ApiKey>>> List([AsParameters] PageQuery page, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Keys.ReadAsync(session, page, cancel: cancel));

    private static async Task<Created<NewApiKey>> Create(CreateApiKey request, Caller caller, TenantSession session, CancellationToken cancel)
    {
        if (request.Scopes.FirstOrDefault(scope => !Scopes.IsHeld(caller, scope)) is { } scope)
            throw new Refusal("identity.scope_not_held", $"You may not do {scope} yourself, so you cannot give it to a key.", 403);
        var made = await ApiKeys.CreateAsync(session, request.Name, request.Scopes, request.LifetimeDays ?? UsualDays, cancel);
        return TypedResults.Created($"/api/v1/identity/keys/{made.Key.Id}", made);
    }

    private static async Task<Created<NewApiKey>> Rotate(Guid id, RotateKey request, Caller caller, TenantSession session, KeyCallers callers, TimeProvider clock, CancellationToken cancel)
    {
        var made = await ApiKeys.RotateAsync(session, id, request.OverlapHours ?? UsualOverlapHours, clock.GetUtcNow(), cancel);
        // Taken back with everything else when the caller could not have made it.
        if (made.Key.Scopes.FirstOrDefault(scope => !Scopes.IsHeld(caller, scope)) is { } scope) throw new Refusal("identity.scope_not_held", $"You may not do {scope} yourself, so you cannot have a new key for it.", 403);
        session.AfterCommit(() => callers.Forget(id));
        return TypedResults.Created($"/api/v1/identity/keys/{made.Key.Id}", made);
    }

    private static async Task<NoContent> Revoke(Guid id, TenantSession session, KeyCallers callers, CancellationToken cancel)
    {
        await ApiKeys.RevokeAsync(session, id, cancel);
        session.AfterCommit(() => callers.Forget(id));
        return TypedResults.NoContent();
    }
}

/// <summary>What a new key shall be.</summary>
internal sealed record CreateApiKey
{
    /// <summary>What it is for.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Permissions it gives.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Days until it ends; left out: a year.</summary>
    [Range(1, 3650)]
    public int? LifetimeDays { get; init; }
}

/// <summary>How a key is followed by another.</summary>
internal sealed record RotateKey
{
    /// <summary>Hours for which the old key still holds; left out: a day; 0 ends it at once.</summary>
    [Range(0, 24 * 30)]
    public int? OverlapHours { get; init; }
}
