using System.Text;
using System.Xml.Linq;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class StatementTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), April = March.AddMonths(1);
    private static readonly XNamespace Camt = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    [Fact]
    public async Task A_statement_begins_and_ends_with_its_balances_and_every_line_says_what_it_left()
    {
        await Story();
        var statement = await In(session => Books.StatementAsync(session, "ada", March, April, Cancel));
        (statement.OpeningMinor, statement.ClosingMinor).ShouldBe((1_000, 1_270));
        statement.Lines.Select(line => (line.AmountMinor, line.BalanceMinor)).ShouldBe([(500L, 1_500L), (-230L, 1_270L)]);
        statement.Lines[1].Cause.ShouldBe("order:9");
        var bank = await In(session => Books.StatementAsync(session, "bank", March, April, Cancel));
        bank.Lines.ShouldHaveSingleItem().AmountMinor.ShouldBe(500);
    }

    [Fact]
    public async Task A_time_without_anything_has_its_balance_all_the_same()
    {
        await Story();
        var statement = await In(session => Books.StatementAsync(session, "ada", April.AddDays(10), April.AddDays(20), Cancel));
        statement.Lines.ShouldBeEmpty();
        (statement.OpeningMinor, statement.ClosingMinor).ShouldBe((1_277, 1_277));
        await Refused(LedgerRefusals.StatementInvalid, () => In(session => Books.StatementAsync(session, "ada", April, March, Cancel)));
        await Refused(LedgerRefusals.AccountNotFound, () => In(session => Books.StatementAsync(session, "nobody", March, April, Cancel)));
    }

    [Fact]
    public async Task As_a_table_it_is_quoted_and_runs_no_formula()
    {
        await Story();
        var text = await Download("csv", "text/csv; charset=utf-8");
        var lines = text.Split("\r\n");
        lines[0].ShouldBe("effective_at,recorded_at,description,amount,balance,currency,transfer,key,cause");
        lines[1].ShouldStartWith("2026-03-01T00:00:00.000000Z,,Opening balance,,10.00,DUC");
        lines[2].ShouldContain(",\"Pay, \"\"March\"\"\",5.00,15.00,DUC,");
        lines[3].ShouldContain(",'=HYPERLINK(1),-2.30,12.70,DUC,");
        lines[3].ShouldEndWith(",order:9");
        lines[4].ShouldContain("Closing balance,,12.70");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("-12.50 to Bob", "'-12.50 to Bob")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("+1", "+1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    public void A_field_is_quoted_when_it_must_be(string value, string written) => CsvStatement.Field(value).ShouldBe(written);

    [Fact]
    public async Task As_banks_send_it_the_sides_are_named_and_amounts_are_positive()
    {
        await Story();
        var document = XDocument.Parse(await Download("camt053", "application/xml"));
        var statement = document.Root!.Element(Camt + "BkToCstmrStmt")!.Element(Camt + "Stmt")!;
        var balances = statement.Elements(Camt + "Bal").ToArray();
        balances.Select(balance => (balance.Descendants(Camt + "Cd").First().Value, balance.Element(Camt + "Amt")!.Value)).ShouldBe([("OPBD", "10.00"), ("CLBD", "12.70")]);
        var entries = statement.Elements(Camt + "Ntry").ToArray();
        entries.Select(entry => (entry.Element(Camt + "Amt")!.Value, entry.Element(Camt + "CdtDbtInd")!.Value, entry.Element(Camt + "Amt")!.Attribute("Ccy")!.Value)).ShouldBe([("5.00", "CRDT", "DUC"), ("2.30", "DBIT", "DUC")]);
        entries[0].Descendants(Camt + "Ustrd").Single().Value.ShouldBe("Pay, \"March\"");
        entries.ShouldAllBe(entry => entry.Element(Camt + "NtryRef")!.Value.Length <= 35);
        statement.Element(Camt + "Acct")!.Element(Camt + "Ccy")!.Value.ShouldBe("DUC");
    }

    [Fact]
    public async Task Texts_of_strangers_do_not_break_the_file()
    {
        await Wallets(0, "ada");
        await Post(NewTransfer.Of("k" + new string('é', 100), "bank", "ada", Duc(1), "\u0001<b>&\uD83D\uDE00" + new string('x', 300)));
        var statement = await In(session => Books.StatementAsync(session, "ada", DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), Cancel));
        var document = XDocument.Parse(Encoding.UTF8.GetString(CamtStatement.Write(statement, DateTimeOffset.UtcNow)));
        document.Descendants(Camt + "Ustrd").Single().Value.ShouldStartWith("<b>&\uD83D\uDE00xxx");
        document.Descendants(Camt + "EndToEndId").Single().Value.Length.ShouldBe(35);
    }

    [Fact]
    public async Task Another_form_is_refused()
    {
        await Story();
        (await Call(HttpMethod.Get, $"accounts/ada/statement/xls?from={Text(March)}&to={Text(April)}", status: 422))["code"]!.ToString().ShouldBe(LedgerRefusals.StatementInvalid);
        (await Call(HttpMethod.Get, $"accounts/ada/statement?from={Text(March)}&to={Text(April)}"))["lines"]!.AsArray().Count.ShouldBe(2);
    }

    private async Task Story()
    {
        await Wallets(0, "ada", "bob");
        await At(March.AddDays(-10), "bank", "ada", 1_000);
        await At(March.AddDays(20), "ada", "bob", 230, "=HYPERLINK(1)", "order:9");
        await At(March.AddDays(3), "bank", "ada", 500, "Pay, \"March\"");
        await At(April, "bank", "ada", 7);
        await Hold("ada", "bob", 5);
    }

    private Task<Transfer> At(DateTimeOffset at, string debit, string credit, long amount, string description = "", string? cause = null) =>
        Post(NewTransfer.Of(NextKey(), debit, credit, Duc(amount), description, cause) with { EffectiveAt = at });

    private async Task<string> Download(string form, string type)
    {
        using var answer = await As().GetAsync($"/api/v1/ledger/accounts/ada/statement/{form}?from={Text(March)}&to={Text(April)}", Cancel);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"statement-ada-20260301-20260401.{(form == "csv" ? "csv" : "xml")}");
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
