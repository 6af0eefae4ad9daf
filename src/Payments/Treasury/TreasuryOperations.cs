using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>The treasury as operations.</summary>
internal static class TreasuryOperations
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/payments/treasury", Look).As(new Operation("payments.treasury", "payments.treasury", "Shows reserves, circulation, backing and what is left for promotions."));
        routes.MapPost("/api/v1/payments/treasury/fund", Fund).As(new Operation("payments.fund_treasury", "payments.manage", "Puts money of the house into the reserve or a promotion.")
        {
            Changes = true, NeedsConfirmation = true, Example = """{"into":"reserve","currency":"USD","amountMinor":5000000,"note":"Initial reserve"}""",
            Refusals = [new RefusalNote("payments.currency_unsupported", 422, "only ducats and dollars are kept")],
        });
    }

    private static async Task<Ok<TreasuryView>> Look(TenantSession session, Treasury treasury, CancellationToken cancel) => TypedResults.Ok(await treasury.LookAsync(session, cancel));

    private static async Task<Ok<Transfer>> Fund(FundTreasury request, TenantSession session, Treasury treasury, CancellationToken cancel)
    {
        if (request.Currency != House.Ducat && request.Currency != House.Dollar) throw new Refusal("payments.currency_unsupported", $"Ducats and dollars are kept here, {request.Currency.Code} is not.", 422);
        return TypedResults.Ok(await treasury.FundAsync(session, request, $"treasury:{Guid.CreateVersion7()}", cancel));
    }
}

/// <summary>What is put where.</summary>
internal sealed record FundTreasury
{
    /// <summary><c>reserve</c> or <c>promotion</c>.</summary>
    [Required, RegularExpression("reserve|promotion", ErrorMessage = "is reserve or promotion.")]
    public required string Into { get; init; }

    /// <summary><c>DUC</c> or <c>USD</c>.</summary>
    [Required]
    public required Currency Currency { get; init; }

    /// <summary>How much, in minor units.</summary>
    [Range(1, Leg.LargestMinor)]
    public required long AmountMinor { get; init; }

    /// <summary>A line for people.</summary>
    [StringLength(200)]
    public string? Note { get; init; }
}
