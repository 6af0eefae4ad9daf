using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Statements, read from the journal.</summary>
internal static class StatementReading
{
    private const int MostLines = 100_000;

    private const string Lines =
        $"""
        select t.id, t.key, e.effective_at, e.recorded_at, e.amount, t.description, t.cause
        from ledger.entries e join ledger.transfers t on t.tenant_id = e.tenant_id and t.id = e.transfer_id
        where e.tenant_id = $1 and e.account_id = $2 and e.layer = 'P' and e.effective_at >= $3 and e.effective_at < $4
        order by e.effective_at, e.number limit 100001
        """;

    public static async Task<Statement> ReadAsync(TenantSession session, string code, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        if (to < from) throw new Refusal(LedgerRefusals.StatementInvalid, "A statement ends after it begins.", 422);
        var account = await AccountStore.FindAsync(session, code, cancel);
        var opening = (await BalanceReading.AsOfAsync(session, code, from, TimeAxis.Effective, cancel)).AmountMinor;
        var sign = account.Kind is AccountKind.Asset or AccountKind.Expense ? 1 : -1;
        await using var command = new NpgsqlCommand(Lines, session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(account.Id);
        command.Parameters.AddWithValue(from.ToUniversalTime());
        command.Parameters.AddWithValue(to.ToUniversalTime());
        var (lines, balance) = (new List<StatementLine>(), opening);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (lines.Count == MostLines) throw new Refusal(LedgerRefusals.StatementInvalid, $"The statement would have more than {MostLines} lines; ask for a shorter time.", 422);
            var amount = sign * row.GetInt64(4);
            balance += amount;
            lines.Add(new StatementLine(row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3), amount, balance, row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)));
        }
        return new Statement(account, from, to, opening, balance, lines);
    }
}
