using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Balances as operations.</summary>
internal static class BalanceOperations
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/ledger/accounts/{code}/balance", AsOf).As(new Operation("ledger.get_balance", "ledger.read", "Shows the posted balance just before a time, as it happened or as it was recorded then.")
        {
            Refusals = [AccountOperations.NotFound],
        });
        routes.MapGet("/api/v1/ledger/tags/{tag}/balances", ByTag).As(new Operation("ledger.sum_by_tag", "ledger.read", "Sums the balances of all accounts with a tag, by currency and kind."));
    }

    private static async Task<Ok<BalanceAsOf>> AsOf(string code, DateTimeOffset? at, string? axis, ILedger ledger, TenantSession session, CancellationToken cancel)
    {
        var time = at ?? DateTimeOffset.UtcNow;
        var asked = axis switch
        {
            null or "effective" => TimeAxis.Effective,
            "recorded" => TimeAxis.Recorded,
            _ => throw new Refusal("request.invalid", "The axis of a balance is effective or recorded.", 400),
        };
        var balance = await ledger.BalanceAsOfAsync(session, code, time, asked, cancel);
        return TypedResults.Ok(new BalanceAsOf { Account = code, At = time, Axis = asked, PostedMinor = balance.AmountMinor, Currency = balance.Currency });
    }

    private static async Task<Ok<IReadOnlyList<TagBalance>>> ByTag(string tag, ILedger ledger, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.BalancesByTagAsync(session, tag, cancel));
}

/// <summary>A balance at a time.</summary>
internal sealed record BalanceAsOf
{
    public required string Account { get; init; }

    /// <summary>What happened before this is in it.</summary>
    public required DateTimeOffset At { get; init; }

    public required TimeAxis Axis { get; init; }

    public required long PostedMinor { get; init; }

    public required Currency Currency { get; init; }
}
