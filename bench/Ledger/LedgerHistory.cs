using Npgsql;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Bench;

/// <summary>
/// A past of many transfers, written by the schema's owner with a few large statements and without the checks that look at each row;
/// afterwards everything is as if they had been posted one by one, a second apart.
/// </summary>
internal sealed class LedgerHistory(Database database)
{
    public const string Busy = "h:0";
    private static readonly DateTimeOffset Begin = new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TenantId tenant = TenantId.New();
    private int transfers;

    public int Accounts { get; private set; }

    public string Any(Random random) => $"h:{random.Next(1, Accounts)}";

    public DateTimeOffset Time(Random random) => Begin.AddSeconds(random.Next(transfers));

    public async Task ReadAsync<T>(Func<TenantSession, Task<T>> read, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(tenant, cancel);
        await read(session);
    }

    /// <summary>Every tenth transfer pays into the busy account; the others go from one account to the next by a fixed rule.</summary>
    public async Task MakeAsync(int count, CancellationToken cancel)
    {
        (transfers, Accounts) = (count, Math.Max(1_000, count / 100));
        await using var owner = new NpgsqlConnection(database.Address.Owner + ";Command Timeout=0");
        await owner.OpenAsync(cancel);
        await RunAsync(owner, $"select set_config('rialto.tenant', '{tenant}', false)", cancel);
        await RunAsync(owner, "alter table ledger.entries disable trigger user; alter table ledger.accounts disable trigger user", cancel);
        await RunAsync(owner, $"insert into ledger.accounts (code, kind, currency, name) select 'h:' || n, 'liability', 'DUC', 'h' from generate_series(0, {Accounts - 1}) as n", cancel);
        await RunAsync(owner, $"""
            create temp table made as
            select n, uuidv7() as id, (n::bigint * 7919 % {Accounts})::int as debit, case when n % 10 = 0 then 0 else (n::bigint * 104729 + 1) % {Accounts} end::int as credit,
              timestamptz '2016-01-01 00:00+00' + n * interval '1 second' as at from generate_series(0, {count - 1}) as n;
            create temp table numbered as select substr(code, 3)::int as n, id from ledger.accounts;
            create unique index on numbered (n); analyze numbered; analyze made
            """, cancel);
        await RunAsync(owner, """
            insert into ledger.transfers (id, key, hash, state, leg_accounts, leg_amounts, leg_currencies, batch, effective_at, recorded_at)
            select id, 'h:' || n, '\x00', 'posted', array['h:' || debit, 'h:' || credit], array[100, -100], array['DUC', 'DUC'], id, at, at from made
            """, cancel);
        await RunAsync(owner, """
            insert into ledger.entries (account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at, recorded_at)
            select numbered.id, row_number() over ordered, made.id, leg, 'P', amount, 'DUC', sum(amount) over ordered, 0, at, at
            from made cross join lateral (values (0, debit, 100::bigint), (1, credit, -100::bigint)) as legs (leg, account, amount) join numbered on numbered.n = account
            window ordered as (partition by account order by made.n, leg)
            """, cancel);
        await RunAsync(owner, $"""
            update ledger.accounts a set debits_posted = s.debits, credits_posted = s.credits, entries = s.entries
            from (select account_id, coalesce(sum(amount) filter (where amount > 0), 0) as debits, coalesce(-sum(amount) filter (where amount < 0), 0) as credits, count(*) as entries from ledger.entries
              where tenant_id = '{tenant}' group by account_id) s where a.tenant_id = '{tenant}' and a.id = s.account_id
            """, cancel);
        await RunAsync(owner, "alter table ledger.entries enable trigger user; alter table ledger.accounts enable trigger user; drop table made, numbered", cancel);
        await RunAsync(owner, "vacuum analyze ledger.accounts, ledger.transfers, ledger.entries", cancel);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
