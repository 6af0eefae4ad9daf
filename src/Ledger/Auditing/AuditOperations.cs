using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The audit as an operation.</summary>
internal static class AuditOperations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/ledger/verify", Verify).As(new Operation("ledger.verify", "ledger.read", "Adds everything up anew and tells what does not agree.") { MostPerMinute = 6 });

    private static async Task<Ok<LedgerReport>> Verify(ILedgerBooks books, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await books.VerifyAsync(session, cancel));
}
