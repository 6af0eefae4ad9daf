using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Passkeys as operations: make, list, name, take off, sign in. They are asked by a browser itself, since where it stands is part of what is signed.</summary>
internal static class PasskeyOperations
{
    private static readonly RefusalNote NotAPerson = new("identity.not_a_person", 403, "a key has no account"), Refused = new("identity.passkey_refused", 422, "the answer of the browser does not hold"),
        NotFound = new("identity.passkey_not_found", 404, "the account has no such passkey");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/passkeys", List).As(new Operation("identity.list_passkeys", Roles.Self, "Lists one's own passkeys.") { OnPlatform = true, Refusals = [NotAPerson] });
        routes.MapPost("/api/v1/identity/passkeys/begin", Begin).As(new Operation("identity.begin_passkey", Roles.Self, "Tells what to ask the browser so that it makes a passkey.") { Changes = true, OnPlatform = true, AnswersOnce = true, NeedsConfirmation = true, Refusals = [NotAPerson] });
        routes.MapPost("/api/v1/identity/passkeys", Finish).As(new Operation("identity.add_passkey", Roles.Self, "Keeps the passkey the browser made.")
        {
            Changes = true, OnPlatform = true, NeedsConfirmation = true, Refusals = [NotAPerson, SignInOperations.LinkInvalid, Refused],
        });
        routes.MapPatch("/api/v1/identity/passkeys/{id:guid}", Name).As(new Operation("identity.name_passkey", Roles.Self, "Gives a passkey a name.") { Changes = true, OnPlatform = true, Refusals = [NotAPerson, NotFound], Example = """{"name":"Laptop"}""" });
        routes.MapDelete("/api/v1/identity/passkeys/{id:guid}", Drop).As(new Operation("identity.drop_passkey", Roles.Self, "Takes a passkey off.") { Changes = true, OnPlatform = true, NeedsConfirmation = true, Refusals = [NotAPerson, NotFound] });
        routes.MapPost("/api/v1/identity/sign-in/passkey/begin", BeginSignIn).As(new Operation("identity.begin_passkey_sign_in", Roles.Self, "Tells what to ask the browser so that it signs in by passkey.") { Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 60 });
        routes.MapPost("/api/v1/identity/sign-in/passkey", SignIn).As(new Operation("identity.sign_in_with_passkey", Roles.Self, "Signs in by passkey; no further code is asked for, the authenticator has verified its owner.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, AnswersOnce = true, MostPerMinute = 60, Refusals = [SignInOperations.LinkInvalid, Refused, SignInOperations.Forged],
        });
    }

    private static async Task<Ok<PasskeyList>> List(Caller caller, TenantSession platform, CancellationToken cancel) => TypedResults.Ok(new PasskeyList
    {
        Items = [.. await platform.Connection.QueryAsync<PasskeyInfo>(AccountStore.Command(
            """
            select id, name, is_backed_up as "IsBackedUp", created_at as "CreatedAt", last_used_at as "LastUsedAt" from identity.passkeys
            where tenant_id = kernel.current_tenant() and account_id = @account order by created_at, id
            """, new { account = SessionOperations.RequireAccount(caller) }, cancel))],
    });

    private static async Task<Ok<PasskeyQuestion>> Begin(HttpContext http, Caller caller, TenantSession platform, Passkeys passkeys, CancellationToken cancel) =>
        TypedResults.Ok(await passkeys.BeginMakingAsync(platform, http, await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel), cancel));

    private static async Task<NoContent> Finish(NewPasskey request, HttpContext http, Caller caller, TenantSession platform, Passkeys passkeys, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        await passkeys.FinishMakingAsync(platform, http, account.Id, request, request.Name, cancel);
        await SecondFactorOperations.TellAsync(platform, account, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Name(Guid id, NameSession request, Caller caller, TenantSession platform, CancellationToken cancel) => await platform.Connection.ExecuteAsync(AccountStore.Command(
        "update identity.passkeys set name = @Name where tenant_id = kernel.current_tenant() and id = @id and account_id = @account", new { id, account = SessionOperations.RequireAccount(caller), request.Name }, cancel)) == 1
        ? TypedResults.NoContent() : throw Missing();

    private static async Task<NoContent> Drop(Guid id, Caller caller, TenantSession platform, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        if (await platform.Connection.ExecuteAsync(AccountStore.Command("delete from identity.passkeys where tenant_id = kernel.current_tenant() and id = @id and account_id = @account", new { id, account = account.Id }, cancel)) == 0) throw Missing();
        await SecondFactorOperations.TellAsync(platform, account, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PasskeyQuestion>> BeginSignIn(HttpContext http, TenantSession platform, Passkeys passkeys, CancellationToken cancel) => TypedResults.Ok(await passkeys.BeginUsingAsync(platform, http, cancel));

    private static async Task<Ok<SignInStep>> SignIn(PasskeyAnswer request, HttpContext http, TenantSession platform, Passkeys passkeys, SigningIn signingIn, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        return TypedResults.Ok(await signingIn.ProvenAsync(platform, http, await passkeys.FinishUsingAsync(platform, http, request, cancel), "passkey", cancel));
    }

    private static Refusal Missing() => new("identity.passkey_not_found", "You have no such passkey.", 404);
}

/// <summary>One's passkeys.</summary>
internal sealed record PasskeyList
{
    public required IReadOnlyList<PasskeyInfo> Items { get; init; }
}

/// <summary>A passkey as its owner sees it.</summary>
internal sealed record PasskeyInfo
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Kept by a provider and on more than one device.</summary>
    public required bool IsBackedUp { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? LastUsedAt { get; init; }
}
