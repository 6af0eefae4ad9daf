using Shouldly;

namespace Rialto.Payments.Tests;

public sealed class TreasuryTests(PaymentsFixture fixture) : PaymentsTestBed(fixture)
{
    [Fact]
    public async Task Backing_is_the_reserve_by_the_worth_of_all_ducats()
    {
        var empty = await Call("house", HttpMethod.Get, "treasury");
        empty["backing"].ShouldBeNull();
        ((bool)empty["isBackingLow"]!).ShouldBeFalse();
        await Fund("reserve", "USD", 69_000);
        await Give("ada", "DUC", 1_000_000);
        var view = await Call("house", HttpMethod.Get, "treasury");
        ((long)view["reserveMinor"]!, (long)view["circulationMinor"]!, (decimal)view["backing"]!).ShouldBe((69_000, 1_000_000, 0.69m));
    }

    [Fact]
    public async Task A_backing_that_is_too_low_is_told_with_each_exchange()
    {
        await Fund("reserve", "USD", 10_000);
        await Give("ada", "DUC", 1_000_000);
        await Accept("ada", await Quote("ada", 10_000));
        (await Ask<string>("select data::text from kernel.events where tenant_id = @tenant and name = 'payments.backing_low'")).ShouldContain("0.0909");
    }

    [Fact]
    public async Task Funding_comes_from_the_bank_and_can_be_found_in_the_ledger()
    {
        await Fund("promotion", "DUC", 5000);
        (await Posted("promotion:DUC")).ShouldBe(5000);
        (await Posted("bank:DUC")).ShouldBe(5000);
        (await In(session => Ledger.FindByCauseAsync(session, "treasury", Cancel))).ShouldHaveSingleItem().Legs.Count.ShouldBe(2);
    }
}
