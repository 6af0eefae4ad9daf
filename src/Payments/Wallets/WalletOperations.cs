using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>A member's own money.</summary>
internal static class WalletOperations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/payments/wallet", Open).As(new Operation("payments.wallet", "payments.exchange", "Shows one's own wallet: ducats and dollars, posted, held and available. Opens it the first time.") { Changes = true });

    private static async Task<Ok<WalletView>> Open(Caller caller, TenantSession session, House house, CancellationToken cancel)
    {
        await house.OpenAsync(session, cancel);
        var (ducats, dollars) = await house.WalletsAsync(session, caller.Subject, cancel);
        return TypedResults.Ok(new WalletView(caller.Subject, [Purse(ducats), Purse(dollars)]));

        static Purse Purse(Account account) => new(account.Code, account.Currency, account.Balance.PostedMinor, account.Balance.PendingInMinor, account.Balance.PendingOutMinor, account.Balance.AvailableMinor, account.IsFrozen);
    }
}

/// <param name="Owner">Whose.</param>
/// <param name="Purses">One for each currency.</param>
internal sealed record WalletView(string Owner, IReadOnlyList<Purse> Purses);

/// <param name="Account">Code of the ledger's account.</param>
/// <param name="Currency">Of what.</param>
/// <param name="PostedMinor">What is final.</param>
/// <param name="PendingInMinor">What is on its way in.</param>
/// <param name="PendingOutMinor">What is held.</param>
/// <param name="AvailableMinor">What can be spent.</param>
/// <param name="IsFrozen">True while nothing may move it.</param>
internal sealed record Purse(string Account, Currency Currency, long PostedMinor, long PendingInMinor, long PendingOutMinor, long AvailableMinor, bool IsFrozen);
