using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Accounts as operations.</summary>
internal static class AccountOperations
{
    private const string Root = "/api/v1/ledger/accounts";

    public static readonly RefusalNote NotFound = new(LedgerRefusals.AccountNotFound, 404, "there is no such account");

    private static readonly RefusalNote Invalid = new(LedgerRefusals.AccountInvalid, 422, "a code, name, tag or limit has the wrong form");

    private static readonly Listing<Account> Accounts = new("ledger.accounts", AccountStore.Columns, AccountStore.Read, [("openedAt", "id", "uuid"), ("code", "code", "text")],
        [("owner", "owner", "text"), ("kind", "kind", "text"), ("currency", "currency", "text"), ("code", "code", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root, Open).As(new Operation("ledger.open_account", "ledger.manage", "Opens an account; one that is there just so is returned.")
        {
            Changes = true, Refusals = [Invalid, new RefusalNote(LedgerRefusals.AccountExists, 409, "another account has the code")],
            Example = """{"code":"wallet:ada:DUC","kind":"liability","currency":"DUC","owner":"user:ada","floorMinor":0,"tags":["wallets"]}""",
        });
        routes.MapGet(Root, List).As(new Operation("ledger.list_accounts", "ledger.read", "Lists accounts with their balances, newest first."));
        routes.MapGet(Root + "/{code}", Get).As(new Operation("ledger.get_account", "ledger.read", "Shows an account and its balances now.") { Refusals = [NotFound] });
        routes.MapPost(Root + "/{code}/change", Change).As(new Operation("ledger.change_account", "ledger.manage", "Changes an account's name, tags, limits or metadata.")
        {
            Changes = true, Example = """{"limits":{"floorMinor":0,"ceilingMinor":1000000}}""",
            Refusals = [NotFound, Invalid, new RefusalNote(LedgerRefusals.InsufficientFunds, 409, "it is below the new floor"), new RefusalNote(LedgerRefusals.OverLimit, 409, "it is above the new ceiling")],
        });
        routes.MapPost(Root + "/{code}/freeze", Freeze).As(new Operation("ledger.freeze_account", "ledger.manage", "Stops everything on an account but the giving up of holds.")
        {
            Changes = true, Refusals = [NotFound, Invalid], Example = """{"reason":"disputed payment"}""",
        });
        routes.MapPost(Root + "/{code}/unfreeze", Unfreeze).As(new Operation("ledger.unfreeze_account", "ledger.manage", "Lets a frozen account move again.") { Changes = true, Refusals = [NotFound] });
        routes.MapPost(Root + "/{code}/close", Close).As(new Operation("ledger.close_account", "ledger.manage", "Closes an empty account for good.")
        {
            Changes = true, Refusals = [NotFound, new RefusalNote(LedgerRefusals.AccountNotEmpty, 409, "it still holds something")],
        });
    }

    private static async Task<Created<Account>> Open(NewAccount request, ILedger ledger, TenantSession session, CancellationToken cancel)
    {
        var account = await ledger.OpenAccountAsync(session, request, cancel);
        return TypedResults.Created($"{Root}/{Uri.EscapeDataString(account.Code)}", account);
    }

    private static async Task<Ok<Page<Account>>> List([AsParameters] PageQuery page, string? owner, string? kind, string? currency, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Accounts.ReadAsync(session, page, new Dictionary<string, string?> { ["owner"] = owner, ["kind"] = kind, ["currency"] = currency }, cancel));

    private static async Task<Ok<Account>> Get(string code, ILedger ledger, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await ledger.FindAccountAsync(session, code, cancel));

    private static async Task<Ok<Account>> Change(string code, AccountChange request, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.ChangeAccountAsync(session, code, request, cancel));

    private static async Task<Ok<Account>> Freeze(string code, FreezeAccount request, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.FreezeAccountAsync(session, code, request.Reason, cancel));

    private static async Task<Ok<Account>> Unfreeze(string code, ILedger ledger, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await ledger.UnfreezeAccountAsync(session, code, cancel));

    private static async Task<Ok<Account>> Close(string code, ILedger ledger, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await ledger.CloseAccountAsync(session, code, cancel));
}

/// <summary>Why an account is frozen.</summary>
internal sealed record FreezeAccount
{
    /// <summary>For people, and for whoever is refused because of it.</summary>
    [Required, StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }
}
