using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class AuditSearchTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_found_by_what_is_known_of_them()
    {
        var acme = audit.New();
        using var bob = audit.Host.As($"bob of {acme.Tenant}", acme.Tenant);
        var id = (await acme.WriteAsync("Buy 100% bread", 7))["id"]!.ToString();
        await bob.PostAsJsonAsync("/api/v1/notes", new { text = "Sell_it", rank = 1 }, Cancel);
        await bob.PutAsJsonAsync("/api/v1/settings/audit.keep_days", new { value = 400 }, Cancel);
        async Task<string[]> Found(string query) =>
            [.. (await acme.GetAsync("/api/v1/audit?kind=change&" + query))["items"]!.AsArray().Select(row => row!["operation"]!.ToString())];
        (await Found("")).ShouldBe(["settings.set", "notes.write", "notes.write"]);
        (await Found($"actor=key:bob of {acme.Tenant}")).ShouldBe(["settings.set", "notes.write"]);
        (await Found("operation=notes.*")).ShouldBe(["notes.write", "notes.write"]);
        (await Found("operation=notes.%25")).ShouldBeEmpty();
        (await Found($"subject=/api/v1/notes/{id}")).Length.ShouldBe(1);
        (await Found("subject=/api/v1/notes")).Length.ShouldBe(2);
        (await Found("text=100%25 b")).Length.ShouldBe(1);
        (await Found("text=sell_IT")).Length.ShouldBe(1);
        (await Found("text=sellxit")).ShouldBeEmpty();
        (await Found("from=2100-01-01T00:00:00Z")).ShouldBeEmpty();
        (await Found("until=2100-01-01T00:00:00Z")).Length.ShouldBe(3);
        (await acme.GetAsync("/api/v1/audit?from=yesterday"))["code"]!.ToString().ShouldBe("request.malformed");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var acme = await audit.LogAsync(7);
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await acme.GetAsync($"/api/v1/audit?kind=change&limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page["items"]!.AsArray().Select(row => row!["id"]!.ToString()));
            if ((cursor = page["next"]?.ToString()) is null) break;
        }
        seen.Distinct().Count().ShouldBe(7);
        seen.Count.ShouldBe(7);
        (await acme.GetAsync("/api/v1/audit?cursor=nonsense"))["code"]!.ToString().ShouldBe("request.cursor_invalid");
    }

    [Fact]
    public async Task Another_organisation_finds_nothing()
    {
        await audit.LogAsync(3);
        (await audit.New().GetAsync("/api/v1/audit"))["items"]!.AsArray().ShouldHaveSingleItem()!["kind"]!.ToString().ShouldBe("access");
    }

    [Fact]
    public async Task An_export_is_whole_in_both_forms_and_is_told_before_it_leaves()
    {
        var acme = await audit.LogAsync(12);
        var lines = (await acme.TextAsync("/api/v1/audit/export?kind=change")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(12);
        JsonNode.Parse(lines[0])!["changes"]!["rows"]![0]!["after"]!["text"]!.ToString().ShouldBe("note 11");
        var csv = await acme.TextAsync("/api/v1/audit/export?kind=change&format=csv");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(13);
        csv.ShouldStartWith("id,at,kind,actor,");
        csv.ShouldContain("\"{\"\"rows\"\"");
        (await acme.GetAsync("/api/v1/audit/export?format=xml"))["code"]!.ToString().ShouldBe("audit.format_unknown");
        (await acme.GetAsync("/api/v1/audit?kind=access&operation=audit.export"))["items"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_may_not_see_personal_data_sees_its_shape()
    {
        var acme = audit.New();
        using var clerk = audit.Host.As($"clerk of {acme.Tenant}", acme.Tenant, "audit.*");
        await acme.WriteAsync("ada@example.org");
        async Task<JsonNode> First(HttpClient client) => JsonNode.Parse(await client.GetStringAsync("/api/v1/audit?kind=change", Cancel))!["items"]![0]!;
        var (full, masked) = (await First(acme.Client), await First(clerk));
        (full["changes"]!["rows"]![0]!["after"]!["text"]!.ToString(), (bool)full["isMasked"]!).ShouldBe(("ada@example.org", false));
        (masked["changes"]!["rows"]![0]!["after"]!["text"]!.ToString(), (bool)masked["isMasked"]!).ShouldBe(("a***@example.org", true));
        masked["origin"]!.ToString().ShouldBe("127.0.0.x notebook/2");
        (await clerk.GetStringAsync("/api/v1/audit/export", Cancel)).ShouldNotContain("ada@example.org");
        (await clerk.GetStringAsync("/api/v1/audit/export?format=csv", Cancel)).ShouldNotContain("ada@example.org");
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-2", "'-2")]
    [InlineData("@sum", "'@sum")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_field_of_the_CSV_runs_nothing_and_reads_back(string? value, string field) => AuditExport.Field(value).ShouldBe(field);
}
