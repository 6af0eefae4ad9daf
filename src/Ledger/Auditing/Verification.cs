using Dapper;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// Everything added up anew: from the entries, which are only ever added to, it is reckoned what every account must hold and every transfer
/// must have done, and compared with what the tables say. One picture of the books, even while they are written.
/// </summary>
internal static class Verification
{
    private const int MostOfAKind = 100;

    /// <summary>Kind, and a query that finds subject and words of what is wrong.</summary>
    private static readonly (string Kind, string Sql)[] Checks =
    [
        ("currency_not_zero", """
            select currency, layers || ' entries add up to ' || total from (
              select currency, case when layer = 'P' then 'posted' else 'held and released' end as layers, sum(amount) as total
              from ledger.entries where tenant_id = @tenant group by 1, 2) sums where total <> 0
            """),
        ("transfer_unbalanced", """
            select transfer_id::text, 'its entries in ' || currency || ' add up to ' || sum(amount) from ledger.entries where tenant_id = @tenant
            group by transfer_id, layer, currency having sum(amount) <> 0
            """),
        ("balance_differs", """
            select a.code, format('it says posted %s/%s, pending %s/%s in %s entries; they come to %s/%s, %s/%s in %s',
                a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending, a.entries, s.debits_posted, s.credits_posted, s.debits_pending, s.credits_pending, s.entries)
            from ledger.accounts a left join (select account_id,
                coalesce(sum(amount) filter (where layer = 'P' and amount > 0), 0) as debits_posted, coalesce(-sum(amount) filter (where layer = 'P' and amount < 0), 0) as credits_posted,
                coalesce(sum(amount) filter (where layer = 'H' and amount > 0 or layer = 'R' and amount < 0), 0) as debits_pending,
                coalesce(-sum(amount) filter (where layer = 'H' and amount < 0 or layer = 'R' and amount > 0), 0) as credits_pending, count(*) as entries
              from ledger.entries where tenant_id = @tenant group by account_id) s on s.account_id = a.id
            where a.tenant_id = @tenant and (a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending, a.entries)
              is distinct from (coalesce(s.debits_posted, 0), coalesce(s.credits_posted, 0), coalesce(s.debits_pending, 0), coalesce(s.credits_pending, 0), coalesce(s.entries, 0))
            """),
        ("chain_broken", """
            select (select code from ledger.accounts a where a.tenant_id = @tenant and a.id = account_id), format('entry %s does not continue the one before it', number) from (
              select account_id, number, posted_after, held_after, row_number() over line as place, recorded_at < lag(recorded_at) over line as is_early,
                sum(case when layer = 'P' then amount else 0 end) over line as posted, sum(case when layer = 'P' then 0 else amount end) over line as held
              from ledger.entries where tenant_id = @tenant window line as (partition by account_id order by number)) chain
            where place <> number or posted_after <> posted or held_after <> held or is_early
            """),
        ("entries_differ", """
            select t.id::text, format('it is %s, and its legs are not what its entries say', t.state) from ledger.transfers t left join (select e.transfer_id,
                array_agg(e.amount order by e.leg) filter (where e.layer = 'P') as posted, array_agg(e.amount order by e.leg) filter (where e.layer = 'H') as held,
                array_agg(-e.amount order by e.leg) filter (where e.layer = 'R') as released,
                array_agg(a.code order by e.leg) filter (where e.layer = 'P') as posted_accounts, array_agg(a.code order by e.leg) filter (where e.layer = 'H') as held_accounts
              from ledger.entries e join ledger.accounts a on a.tenant_id = @tenant and a.id = e.account_id where e.tenant_id = @tenant group by e.transfer_id) e on e.transfer_id = t.id
            where t.tenant_id = @tenant and (coalesce(e.held_accounts, e.posted_accounts) is distinct from t.leg_accounts
              or e.posted is distinct from case when t.state = 'posted' then array_remove(coalesce(t.posted_amounts, t.leg_amounts), 0) end
              or e.held is distinct from case when t.state <> 'posted' or t.ended_at is not null then t.leg_amounts end
              or e.released is distinct from case when t.ended_at is not null then t.leg_amounts end)
            """),
        ("entry_stray", """
            select transfer_id::text, format('an entry of %s belongs to no transfer or no account of its currency', currency) from ledger.entries e where e.tenant_id = @tenant and (
              not exists (select from ledger.transfers t where t.tenant_id = @tenant and t.id = e.transfer_id)
              or not exists (select from ledger.accounts a where a.tenant_id = @tenant and a.id = e.account_id and a.currency = e.currency))
            """),
        ("limit_passed", """
            select code, 'it is beyond its limits' from (select code, floor, ceiling,
                case when kind in ('asset', 'expense') then debits_posted - credits_posted else credits_posted - debits_posted end as posted,
                case when kind in ('asset', 'expense') then credits_pending else debits_pending end as going,
                case when kind in ('asset', 'expense') then debits_pending else credits_pending end as coming from ledger.accounts where tenant_id = @tenant) a
            where posted - going < floor or posted + coming > ceiling
            """),
    ];

    private static readonly string Sql = string.Join("\nunion all\n", Checks.Select(check => $"select '{check.Kind}', found.* from ({check.Sql} limit {MostOfAKind}) as found (subject, words)"));

    public static async Task<LedgerReport> RunAsync(TenantSession session, CancellationToken cancel)
    {
        var tenant = session.Tenant.Value;
        // Whole tables are compared with whole tables. A planner that believes them small would do that row by row.
        await session.Connection.ExecuteAsync(new CommandDefinition("set local enable_nestloop = off", cancellationToken: cancel));
        // One statement sees one moment: nobody who is writing meanwhile is seen half-way through, and nobody waits.
        var found = await session.Connection.QueryAsync<(string Kind, string Subject, string Words)>(new CommandDefinition(Sql, new { tenant }, commandTimeout: 0, cancellationToken: cancel));
        LedgerFault[] faults = [.. found.Select(fault => new LedgerFault(fault.Kind, fault.Subject, fault.Words))];
        await session.Connection.ExecuteAsync(new CommandDefinition("set local enable_nestloop = on", cancellationToken: cancel));
        var (accounts, transfers, entries) = await session.Connection.QuerySingleAsync<(long, long, long)>(new CommandDefinition(
            "select (select count(*) from ledger.accounts where tenant_id = @tenant), (select count(*) from ledger.transfers where tenant_id = @tenant), (select count(*) from ledger.entries where tenant_id = @tenant)",
            new { tenant }, commandTimeout: 0, cancellationToken: cancel));
        return new LedgerReport(accounts, transfers, entries, faults);
    }
}
