using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Periods as operations.</summary>
internal static class PeriodOperations
{
    private const string Root = "/api/v1/ledger/periods";

    private static readonly Listing<Period> Periods = new("ledger.periods", "id, ends_at, closed_at, closed_by",
        row => new Period(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3)), [("endsAt", "ends_at", "timestamptz")], []);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root, Close).As(new Operation("ledger.close_period", "ledger.manage", "Closes all time before an end: nothing becomes effective in it any more.")
        {
            Changes = true, Example = """{"endsAt":"2026-10-01T00:00:00Z"}""", Refusals = [new(LedgerRefusals.PeriodInvalid, 422, "the end lies in the future, or not after the last one")],
        });
        routes.MapGet(Root, List).As(new Operation("ledger.list_periods", "ledger.read", "Lists closed periods, latest first."));
    }

    private static async Task<Ok<Period>> Close(ClosePeriod request, ILedgerBooks books, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await books.CloseAsync(session, request.EndsAt, cancel));

    private static async Task<Ok<Page<Period>>> List([AsParameters] PageQuery page, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await Periods.ReadAsync(session, page, cancel: cancel));
}

/// <summary>What is closed.</summary>
internal sealed record ClosePeriod
{
    /// <summary>The first moment that stays open.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}
