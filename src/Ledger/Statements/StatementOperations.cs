using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Statements as operations: one as data, and the same as a file.</summary>
internal static class StatementOperations
{
    private const string Root = "/api/v1/ledger/accounts/{code}/statement";

    private static readonly RefusalNote Invalid = new(LedgerRefusals.StatementInvalid, 422, "it ends before it begins, has too many lines, or the form is not known");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Get).As(new Operation("ledger.get_statement", "ledger.read", "Shows what happened on an account from one time to another, with the balances at both ends.") { Refusals = [AccountOperations.NotFound, Invalid] });
        routes.MapGet(Root + "/{form}", Download).As(new Operation("ledger.download_statement", "ledger.read", "Gives a statement as a file: csv or camt053 (ISO 20022).") { Refusals = [AccountOperations.NotFound, Invalid] });
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<Statement>> Get(string code, DateTimeOffset from, DateTimeOffset to, ILedgerBooks books, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await books.StatementAsync(session, code, from, to, cancel));

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult> Download(
        string code, string form, DateTimeOffset from, DateTimeOffset to, ILedgerBooks books, TimeProvider time, TenantSession session, CancellationToken cancel)
    {
        if (form is not ("csv" or "camt053")) throw new Refusal(LedgerRefusals.StatementInvalid, $"A statement can be had as csv or camt053, not as {form}.", 422);
        var statement = await books.StatementAsync(session, code, from, to, cancel);
        var name = $"statement-{code.Replace(':', '-')}-{from.UtcDateTime:yyyyMMdd}-{to.UtcDateTime:yyyyMMdd}";
        return form == "csv"
            ? TypedResults.File(Encoding.UTF8.GetBytes(CsvStatement.Write(statement)), CsvStatement.ContentType, name + ".csv")
            : TypedResults.File(CamtStatement.Write(statement, time.GetUtcNow()), CamtStatement.ContentType, name + ".xml");
    }
}
