using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Transfers as operations.</summary>
internal static class TransferOperations
{
    private const string Root = "/api/v1/ledger/transfers";

    private static readonly RefusalNote NotFound = new(LedgerRefusals.TransferNotFound, 404, "there is no such transfer");

    private static readonly RefusalNote[] Posting =
    [
        AccountOperations.NotFound, new(LedgerRefusals.TransferInvalid, 422, "it has the wrong form"), new(LedgerRefusals.AmountInvalid, 422, "an amount is not more than 0, or too large"),
        new(LedgerRefusals.Unbalanced, 422, "debits and credits of a currency differ"), new(LedgerRefusals.CurrencyMismatch, 422, "a leg's currency is not its account's"),
        new(LedgerRefusals.InsufficientFunds, 409, "an account would fall below its floor"), new(LedgerRefusals.OverLimit, 409, "an account would rise above its ceiling"),
        new(LedgerRefusals.AccountFrozen, 409, "an account is frozen"), new(LedgerRefusals.AccountClosed, 409, "an account is closed"), new(LedgerRefusals.PeriodClosed, 409, "the effective time lies in a closed period"),
        new(LedgerRefusals.KeyReused, 409, "the key was used for something else"), new(LedgerRefusals.Busy, 503, "the accounts are being written by others"),
    ];

    private static readonly Listing<Transfer> Transfers = new("ledger.transfers", TransferRows.Columns, TransferRows.Read, [("id", "id", "uuid")],
        [("state", "state", "text"), ("cause", "cause", "text"), ("key", "key", "text"), ("batch", "batch", "uuid"), ("reverses", "reverses", "uuid")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root, Post).As(new Operation("ledger.post", "ledger.write", "Makes transfers, all of them or none; the same keys again get the first answer.")
        {
            Changes = true, Refusals = Posting,
            Example = """{"transfers":[{"key":"gift-1","legs":[{"account":"wallet:ada:DUC","side":"debit","amountMinor":1250,"currency":"DUC"},{"account":"wallet:bob:DUC","side":"credit","amountMinor":1250,"currency":"DUC"}],"description":"A gift"}]}""",
        });
        routes.MapGet(Root, List).As(new Operation("ledger.list_transfers", "ledger.read", "Lists transfers, newest first, by state, cause, key, batch or what they reverse."));
        routes.MapGet(Root + "/{id:guid}", Get).As(new Operation("ledger.get_transfer", "ledger.read", "Shows a transfer.") { Refusals = [NotFound] });
        routes.MapPost(Root + "/{id:guid}/settle", Settle).As(new Operation("ledger.settle", "ledger.write", "Makes a pending transfer final, whole or in part.")
        {
            Changes = true, Example = """{"amountMinor":750,"currency":"DUC"}""",
            Refusals = [NotFound, new(LedgerRefusals.NotPending, 409, "it has ended otherwise"), new(LedgerRefusals.Expired, 409, "its time was over"), new(LedgerRefusals.PartInvalid, 422, "it holds less"), .. Posting],
        });
        routes.MapPost(Root + "/{id:guid}/void", Void).As(new Operation("ledger.void", "ledger.write", "Gives a pending transfer up.")
        {
            Changes = true, Refusals = [NotFound, new(LedgerRefusals.NotPending, 409, "it has ended otherwise")], Example = """{"reason":"the order was cancelled"}""",
        });
        routes.MapPost(Root + "/{id:guid}/reverse", Reverse).As(new Operation("ledger.reverse", "ledger.write", "Reverses a posted transfer, wholly or in part, by a new one.")
        {
            Changes = true, Example = """{"key":"refund-1","amountMinor":500,"currency":"DUC","description":"Half of it came back"}""",
            Refusals = [NotFound, new(LedgerRefusals.AlreadyReversed, 409, "less is left to reverse"), new(LedgerRefusals.PartInvalid, 422, "it has no clear parts, or was not posted"), .. Posting],
        });
    }

    private static async Task<Ok<IReadOnlyList<Transfer>>> Post(PostTransfers request, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.SubmitAsync(session.Tenant, request.Transfers, session.Actor, cancel));

    private static async Task<Ok<Page<Transfer>>> List([AsParameters] PageQuery page, string? state, string? cause, string? key, Guid? batch, Guid? reverses, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Transfers.ReadAsync(session, page,
            new Dictionary<string, string?> { ["state"] = state, ["cause"] = cause, ["key"] = key, ["batch"] = batch?.ToString(), ["reverses"] = reverses?.ToString() }, cancel));

    private static async Task<Ok<Transfer>> Get(Guid id, ILedger ledger, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await ledger.FindTransferAsync(session, id, cancel));

    private static async Task<Ok<Transfer>> Settle(Guid id, SettleTransfer request, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.SettleAsync(session, id, new Settlement { Amount = Part(request.AmountMinor, request.Currency), EffectiveAt = request.EffectiveAt }, cancel));

    private static async Task<Ok<Transfer>> Void(Guid id, VoidTransfer request, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.VoidAsync(session, id, request.Reason ?? "", cancel));

    private static async Task<Ok<Transfer>> Reverse(Guid id, ReverseTransfer request, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.ReverseAsync(session, new Reversal
        {
            Key = request.Key, Transfer = id, Amount = Part(request.AmountMinor, request.Currency), Description = request.Description ?? "", Cause = request.Cause, EffectiveAt = request.EffectiveAt,
        }, cancel));

    private static Money? Part(long? amountMinor, Currency? currency) => (amountMinor, currency) switch
    {
        (null, null) => null,
        ({ } amount, { } of) => new Money(amount, of),
        _ => throw new Refusal(LedgerRefusals.AmountInvalid, "A part is an amountMinor with its currency.", 422),
    };
}

/// <summary>Transfers to be made together.</summary>
internal sealed record PostTransfers
{
    /// <summary>1 to 100: all of them are made, in this order, or none.</summary>
    [Required, MinLength(1), MaxLength(100)]
    public required IReadOnlyList<NewTransfer> Transfers { get; init; }
}

/// <summary>How a pending transfer is settled.</summary>
internal sealed record SettleTransfer
{
    /// <summary>The part to post, in minor units; left out: all of it.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>Currency of the part.</summary>
    public Currency? Currency { get; init; }

    /// <summary>When it happened; left out: now.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }
}

/// <summary>Why a pending transfer is given up.</summary>
internal sealed record VoidTransfer
{
    /// <summary>For people.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>How a posted transfer is reversed.</summary>
internal sealed record ReverseTransfer
{
    /// <summary>Key of the new transfer.</summary>
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Key { get; init; }

    /// <summary>The part to give back, in minor units; left out: all that is left.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>Currency of the part.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Why.</summary>
    [StringLength(500)]
    public string? Description { get; init; }

    /// <summary>What caused it: <c>refund:0197…</c>.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Cause { get; init; }

    /// <summary>When it happened; left out: now.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }
}
