using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

/// <summary>The books are damaged by the database's superuser, past all checks, and the auditor finds it.</summary>
public sealed class VerificationTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task Books_with_everything_in_them_are_sound()
    {
        await Busy();
        var report = await Verify();
        report.Faults.ShouldBeEmpty();
        report.IsSound.ShouldBeTrue();
        (report.Accounts, report.Transfers, report.Entries).ShouldBe((4, 8, 26));
    }

    [Fact]
    public async Task Books_without_anything_are_sound() => (await Verify()).ShouldBeEquivalentTo(new LedgerReport(0, 0, 0, []));

    [Theory]
    [InlineData("update ledger.accounts set credits_posted = credits_posted + 1 where code = 'ada'", "balance_differs", "ada")]
    [InlineData("update ledger.accounts set debits_pending = debits_pending + 1 where code = 'ada'", "balance_differs", "ada")]
    [InlineData("update ledger.accounts set entries = entries + 1 where code = 'ada'", "balance_differs", "ada")]
    [InlineData("delete from ledger.entries where number = 1 and account_id = (select id from ledger.accounts where code = 'ada' and tenant_id = $tenant)", "currency_not_zero", "DUC")]
    [InlineData("delete from ledger.entries where number = 1 and account_id = (select id from ledger.accounts where code = 'ada' and tenant_id = $tenant)", "chain_broken", "ada")]
    [InlineData("update ledger.entries set amount = amount * 2 where number = 1 and account_id = (select id from ledger.accounts where code = 'bob' and tenant_id = $tenant)", "transfer_unbalanced", null)]
    [InlineData("update ledger.entries set posted_after = posted_after + 1 where number = 2 and account_id = (select id from ledger.accounts where code = 'bob' and tenant_id = $tenant)", "chain_broken", "bob")]
    [InlineData("update ledger.entries set recorded_at = recorded_at + interval '1 day' where number = 1 and account_id = (select id from ledger.accounts where code = 'bob' and tenant_id = $tenant)", "chain_broken", "bob")]
    [InlineData("update ledger.transfers set leg_amounts = '{9,-9}' where key = 'gift'", "entries_differ", null)]
    [InlineData("update ledger.transfers set leg_accounts = '{bob,ada}' where key = 'gift'", "entries_differ", null)]
    [InlineData("update ledger.transfers set state = 'voided', ended_at = now() where state = 'pending'", "entries_differ", null)]
    [InlineData("delete from ledger.transfers where key = 'gift'", "entry_stray", null)]
    [InlineData("update ledger.entries set currency = 'USD' where number = 1 and account_id = (select id from ledger.accounts where code = 'bob' and tenant_id = $tenant)", "entry_stray", null)]
    public async Task Damage_is_found_and_named(string damage, string kind, string? subject)
    {
        await Busy();
        await Damage(damage);
        var faults = (await Verify()).Faults.Where(fault => fault.Kind == kind).ToArray();
        faults.ShouldNotBeEmpty();
        if (subject is not null) faults.Select(fault => fault.Subject).ShouldContain(subject);
        faults.ShouldAllBe(fault => fault.Words.Length > 10 && fault.Subject.Length > 0);
    }

    [Fact]
    public async Task The_auditor_is_set_with_the_first_account_and_raises_the_alarm_only_when_something_is_wrong()
    {
        await Busy();
        (await Ask<int>("select count(*)::int from kernel.schedules where tenant_id = $tenant and kind = 'ledger.audit'")).ShouldBe(1);
        await Audit();
        (await Events()).ShouldNotContain(happened => happened.Name == "ledger.audit.failed");
        await Damage("update ledger.accounts set credits_posted = credits_posted + 1 where code = 'ada'");
        await Audit();
        var alarm = (await Events()).Single(happened => happened.Name == "ledger.audit.failed").Data;
        alarm["faults"]![0]!["kind"]!.ToString().ShouldBe("balance_differs");
        alarm["faults"]![0]!["words"]!.ToString().ShouldContain("they come to");
    }

    [Fact]
    public async Task The_report_is_an_operation()
    {
        await Busy();
        (await Call(HttpMethod.Get, "verify"))["isSound"]!.GetValue<bool>().ShouldBeTrue();
        (await Call(HttpMethod.Get, "verify", client: As("ledger.write"), status: 403))["code"]!.ToString().ShouldBe("caller.not_allowed");
    }

    [Fact]
    public async Task An_audit_sees_whole_transfers_only_while_others_post()
    {
        await Wallets(100_000, "ada", "bob");
        var posting = Task.WhenAll(Enumerable.Range(0, 300).Select(number => Ledger.SubmitAsync(Tenant, [NewTransfer.Of($"while-{number}", "ada", "bob", Duc(1))], cancel: Cancel)));
        do (await Verify()).Faults.ShouldBeEmpty();
        while (!posting.IsCompleted);
        await posting;
    }

    private Task<LedgerReport> Verify() => In(session => Books.VerifyAsync(session, Cancel));

    // One of each: posted, held, settled whole and in part, voided, reversed.
    private async Task Busy()
    {
        await Wallets(1_000, "ada", "bob");
        await Open("eve", AccountKind.Expense);
        var gift = await Post("ada", "bob", 100, "gift");
        await Hold("ada", "bob", 50);
        var (whole, part, none) = (await Hold("ada", "eve", 30), await Hold("bob", "ada", 20), await Hold("bob", "ada", 10));
        await In(session => Ledger.SettleAsync(session, whole.Id, null, Cancel));
        await In(session => Ledger.SettleAsync(session, part.Id, new Settlement { Amount = Duc(7) }, Cancel));
        await In(session => Ledger.VoidAsync(session, none.Id, "", Cancel));
        await In(session => Ledger.ReverseAsync(session, new Reversal { Key = "back", Transfer = gift.Id, Amount = Duc(40) }, Cancel));
    }

    private async Task Damage(string sql)
    {
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync("set session_replication_role = replica");
        (await super.ExecuteAsync(sql.Replace("$tenant", $"'{Tenant}'", StringComparison.Ordinal) + $" and tenant_id = '{Tenant}'")).ShouldBe(1);
    }

    // The reminder asks for an audit, the audit does it.
    private async Task Audit()
    {
        await In(async session =>
        {
            await session.EnqueueAsync(AuditLedger.Kind, new AuditLedger(), cancel: Cancel);
            return true;
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = new JobRunner(Database, Host.Services.GetServices<JobHandler>(), Host.Services).RunAsync(stop.Token);
        while (await Ask<int>("select count(*)::int from kernel.jobs where tenant_id = $tenant and kind = 'ledger.audit' and state in ('waiting', 'running')") > 0) await Task.Delay(20, Cancel);
        await stop.CancelAsync();
        await running;
        (await Ask<int>("select count(*)::int from kernel.jobs where tenant_id = $tenant and kind = 'ledger.audit' and state = 'failed'")).ShouldBe(0);
    }
}
