using Dapper;
using Npgsql;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

/// <summary>Whoever writes past the module, with the application's own rights, is stopped by the database.</summary>
public sealed class DatabaseGuardTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private const string Forbidden = "42501", Integrity = "23000", Check = "23514";

    [Fact]
    public async Task Every_table_has_the_wall()
    {
        await using var super = await Test.OpenSuperAsync();
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("update ledger.transfers set description = 'other'", Forbidden)]
    [InlineData("update ledger.transfers set leg_amounts = '{1,-1}'", Forbidden)]
    [InlineData("delete from ledger.transfers", Forbidden)]
    [InlineData("update ledger.entries set amount = 1", Forbidden)]
    [InlineData("delete from ledger.entries", Forbidden)]
    [InlineData("truncate ledger.entries", Forbidden)]
    [InlineData("delete from ledger.accounts", Forbidden)]
    [InlineData("update ledger.accounts set code = 'other'", Forbidden)]
    [InlineData("update ledger.accounts set currency = 'USD'", Forbidden)]
    [InlineData("update ledger.accounts set kind = 'asset'", Forbidden)]
    [InlineData("insert into ledger.accounts (code, kind, currency, name, debits_posted) values ('rich', 'asset', 'DUC', 'rich', 1000)", Forbidden)]
    [InlineData("delete from ledger.periods", Forbidden)]
    [InlineData("update ledger.closing_balances set posted = 0", Forbidden)]
    [InlineData("update ledger.accounts set credits_posted = credits_posted + 100 where code = 'ada'", Integrity)]
    [InlineData("update ledger.accounts set credits_posted = credits_posted + 100, debits_posted = debits_posted + 100 where code = 'ada'", Integrity)]
    [InlineData("update ledger.accounts set entries = entries + 1 where code = 'ada'", Integrity)]
    [InlineData("update ledger.accounts set credits_pending = 5 where code = 'ada'", Integrity)]
    [InlineData("update ledger.accounts set floor = 2000 where code = 'ada'", Check)]
    [InlineData("update ledger.accounts set ceiling = 5 where code = 'ada'", Check)]
    [InlineData("update ledger.accounts set is_closed = true where code = 'ada'", Check)]
    [InlineData("update ledger.transfers set state = 'voided', ended_at = now()", Integrity)]
    [InlineData("update ledger.transfers set state = 'pending'", Integrity)]
    public async Task What_is_written_stays_and_balances_do_not_move_by_themselves(string sql, string state)
    {
        await Wallets(1_000, "ada", "bob");
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        (await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(sql))).SqlState.ShouldBe(state);
    }

    [Theory]
    [InlineData("'{100,-99}'", "'{DUC,DUC}'")]
    [InlineData("'{100,-100}'", "'{DUC,USD}'")]
    [InlineData("'{0,0}'", "'{DUC,DUC}'")]
    [InlineData("'{100}'", "'{DUC}'")]
    [InlineData("'{100,50,-149}'", "'{DUC,DUC,DUC}'")]
    public async Task A_transfer_that_does_not_balance_cannot_be_written(string amounts, string currencies)
    {
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        (await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(
            $"insert into ledger.transfers (id, key, hash, state, leg_accounts, leg_amounts, leg_currencies, batch, effective_at, recorded_at) values (uuidv7(), 'k', '', 'posted', array_fill('a'::text, array[cardinality({amounts}::bigint[])]), {amounts}, {currencies}, uuidv7(), now(), now())"))).SqlState.ShouldBe(Check);
    }

    // An entry that would continue ada's account (credits 1000 in one entry) by 100, and what is wrong with it.
    [Theory]
    [InlineData(2, -100, "DUC", -1100, 0, true, "does not balance")]
    [InlineData(3, -100, "DUC", -1100, 0, false, "a number left out")]
    [InlineData(2, -100, "DUC", -1000, 0, false, "another balance after it")]
    [InlineData(2, -100, "DUC", -1100, 7, false, "another pending balance after it")]
    [InlineData(2, -100, "USD", -1100, 0, false, "another currency")]
    public async Task An_entry_that_does_not_continue_its_account_cannot_be_written(long number, long amount, string currency, long posted, long held, bool isAlone, string why)
    {
        await Wallets(1_000, "ada", "bob");
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        var rows = $"('ada', {number}, {amount}, {posted})" + (isAlone ? "" : $", ('bank', 3, {-amount}, {2_000 - amount})");
        var failure = await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(
            $"""
            insert into ledger.entries (account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at, recorded_at)
            select a.id, e.number, (select id from ledger.transfers limit 1), 0, 'P', e.amount, '{currency}', e.posted, case when e.code = 'ada' then {held} else 0 end, now(), now()
            from (values {rows}) as e (code, number, amount, posted) join ledger.accounts a on a.code = e.code
            """));
        failure.SqlState.ShouldBe(Integrity, why);
    }

    [Fact]
    public async Task An_entry_belongs_to_a_transfer()
    {
        await Wallets(1_000, "ada", "bob");
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        (await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(
            """
            insert into ledger.entries (account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at, recorded_at)
            select a.id, e.number, '019a0000-0000-7000-8000-000000000000', 0, 'P', e.amount, 'DUC', e.posted, 0, now(), now()
            from (values ('ada', 2, -100, -1100), ('bank', 3, 100, 2100)) as e (code, number, amount, posted) join ledger.accounts a on a.code = e.code
            """))).SqlState.ShouldBe(Integrity);
    }

    [Fact]
    public async Task Two_entries_never_have_the_same_number()
    {
        await Wallets(1_000, "ada", "bob");
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        (await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(
            """
            insert into ledger.entries (account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at, recorded_at)
            select account_id, number, transfer_id, leg, layer, amount, currency, posted_after, held_after, effective_at, recorded_at from ledger.entries
            """))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }
}
