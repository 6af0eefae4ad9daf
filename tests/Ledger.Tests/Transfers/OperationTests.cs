using System.Text.Json.Nodes;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

/// <summary>The ledger over HTTP, as customers' programs see it.</summary>
public sealed class OperationTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    [Fact]
    public async Task Ada_opens_accounts_pays_and_looks_at_what_is_left()
    {
        await OpenTwo();
        var made = await Transfer("gift-1", 1_250);
        made[0]!["state"]!.ToString().ShouldBe("posted");
        made[0]!["legs"]![0]!["side"]!.ToString().ShouldBe("debit");
        var account = await Call(HttpMethod.Get, "accounts/wallet:ada:DUC");
        account["balance"]!["postedMinor"]!.GetValue<long>().ShouldBe(1_250);
        account["balance"]!["availableMinor"]!.GetValue<long>().ShouldBe(1_250);
        account["currency"]!.ToString().ShouldBe("DUC");
        (await Call(HttpMethod.Get, "transfers/" + made[0]!["id"]))["key"]!.ToString().ShouldBe("gift-1");
        (await Call(HttpMethod.Get, "accounts/wallet:ada:DUC/balance"))["postedMinor"]!.GetValue<long>().ShouldBe(1_250);
        (await Call(HttpMethod.Get, "accounts/wallet:ada:DUC/balance?axis=recorded&at=2020-01-01T00:00:00Z"))["postedMinor"]!.GetValue<long>().ShouldBe(0);
        (await Call(HttpMethod.Get, "accounts/wallet:ada:DUC/balance?axis=sideways", status: 400))["code"]!.ToString().ShouldBe("request.invalid");
        (await Call(HttpMethod.Get, "tags/wallets/balances"))[0]!["postedMinor"]!.GetValue<long>().ShouldBe(1_250);
    }

    [Fact]
    public async Task Repeated_with_the_same_key_of_the_request_or_of_the_transfer_it_happens_once()
    {
        await OpenTwo();
        var first = await Transfer("gift-1", 10, key: "request-1");
        (await Transfer("gift-1", 10, key: "request-1")).ToJsonString().ShouldBe(first.ToJsonString());
        (await Transfer("gift-1", 10)).ToJsonString().ShouldBe(first.ToJsonString());
        (await Transfer("gift-1", 11, 409))["code"]!.ToString().ShouldBe(LedgerRefusals.KeyReused);
        (await Call(HttpMethod.Get, "accounts/bank:DUC"))["entries"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task A_hold_is_made_settled_in_part_and_reversed()
    {
        await OpenTwo();
        var held = (await Call(HttpMethod.Post, "transfers", new { transfers = new[] { Body("hold-1", 1_000, isPending: true) } }))[0]!;
        held["state"]!.ToString().ShouldBe("pending");
        var settled = await Call(HttpMethod.Post, $"transfers/{held["id"]}/settle", new { amountMinor = 600, currency = "DUC" });
        settled["postedMinor"]!.AsArray().Select(part => part!.GetValue<long>()).ShouldBe([600, 600]);
        (await Call(HttpMethod.Post, $"transfers/{held["id"]}/void", new { }, 409))["code"]!.ToString().ShouldBe(LedgerRefusals.NotPending);
        var back = await Call(HttpMethod.Post, $"transfers/{held["id"]}/reverse", new { key = "refund-1", amountMinor = 100, currency = "DUC", description = "damaged" });
        back["reverses"]!.ToString().ShouldBe(held["id"]!.ToString());
        (await Call(HttpMethod.Get, "transfers?reverses=" + held["id"]))["items"]!.AsArray().Count.ShouldBe(1);
        (await Call(HttpMethod.Post, $"transfers/{held["id"]}/settle", new { amountMinor = 600 }, 422))["code"]!.ToString().ShouldBe(LedgerRefusals.AmountInvalid);
        (await Call(HttpMethod.Get, "accounts/wallet:ada:DUC"))["balance"]!["postedMinor"]!.GetValue<long>().ShouldBe(500);
    }

    [Fact]
    public async Task Lists_go_page_by_page_and_by_what_is_asked_for()
    {
        await OpenTwo();
        for (var number = 0; number < 5; number++) await Transfer($"gift-{number}", 1, cause: number < 2 ? "order:1" : "order:2");
        var first = await Call(HttpMethod.Get, "transfers?limit=2");
        first["items"]!.AsArray().Select(item => item!["key"]!.ToString()).ShouldBe(["gift-4", "gift-3"]);
        var second = await Call(HttpMethod.Get, "transfers?limit=2&cursor=" + first["next"]);
        second["items"]!.AsArray().Select(item => item!["key"]!.ToString()).ShouldBe(["gift-2", "gift-1"]);
        (await Call(HttpMethod.Get, "transfers?cause=order:1"))["items"]!.AsArray().Count.ShouldBe(2);
        (await Call(HttpMethod.Get, "transfers?state=pending"))["items"]!.AsArray().Count.ShouldBe(0);
        (await Call(HttpMethod.Get, "transfers?key=gift-3"))["items"]!.AsArray().Count.ShouldBe(1);
        (await Call(HttpMethod.Get, "accounts?sort=code"))["items"]!.AsArray().Select(item => item!["code"]!.ToString()).ShouldBe(["bank:DUC", "wallet:ada:DUC"]);
        (await Call(HttpMethod.Get, "accounts?owner=user:ada"))["items"]!.AsArray().Count.ShouldBe(1);
        (await Call(HttpMethod.Get, "accounts?kind=asset&currency=DUC"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Accounts_are_changed_frozen_released_and_closed()
    {
        await OpenTwo();
        (await Call(HttpMethod.Post, "accounts/wallet:ada:DUC/change", new { name = "Purse", limits = new { floorMinor = 0, ceilingMinor = 500 } }))["ceilingMinor"]!.GetValue<long>().ShouldBe(500);
        (await Transfer("much", 501, 409))["code"]!.ToString().ShouldBe(LedgerRefusals.OverLimit);
        (await Call(HttpMethod.Post, "accounts/wallet:ada:DUC/freeze", new { reason = "dispute" }))["isFrozen"]!.GetValue<bool>().ShouldBeTrue();
        var refused = await Transfer("frozen", 5, 409);
        (refused["code"]!.ToString(), refused["details"]!["reason"]!.ToString()).ShouldBe((LedgerRefusals.AccountFrozen, "dispute"));
        await Call(HttpMethod.Post, "accounts/wallet:ada:DUC/unfreeze", new { });
        (await Call(HttpMethod.Post, "accounts/wallet:ada:DUC/close", new { }))["isClosed"]!.GetValue<bool>().ShouldBeTrue();
        (await Call(HttpMethod.Get, "accounts/nobody", status: 404))["code"]!.ToString().ShouldBe(LedgerRefusals.AccountNotFound);
    }

    [Theory]
    [InlineData("""{"transfers":[]}""", 400, "request.invalid")]
    [InlineData("""{"transfers":[{"key":"k","legs":[{"account":"a","side":"left","amountMinor":1,"currency":"DUC"}]}]}""", 400, "request.malformed")]
    [InlineData("""{"transfers":[{"key":"k","legs":[{"account":"a","side":"debit","amountMinor":1,"currency":"XXX"}]}]}""", 400, "request.malformed")]
    [InlineData("""{"transfers":[{"key":"k","legs":[{"account":"a","side":"debit","amountMinor":1.5,"currency":"DUC"}]}]}""", 400, "request.malformed")]
    [InlineData("""{"transfers":[{"key":"k","legs":[{"account":"a","side":"debit","amountMinor":1,"currency":"DUC"},{"account":"b","side":"credit","amountMinor":2,"currency":"DUC"}]}]}""", 422, LedgerRefusals.Unbalanced)]
    [InlineData("""{"transfers":[{"legs":[]}]}""", 400, "request.malformed")]
    [InlineData("""{"transfers":[null]}""", 422, LedgerRefusals.TransferInvalid)]
    [InlineData("""{"transfers":[{"key":"k","legs":null}]}""", 422, LedgerRefusals.TransferInvalid)]
    [InlineData("""{"transfers":[{"key":"k","legs":[null,null]}]}""", 422, LedgerRefusals.TransferInvalid)]
    [InlineData("""{"transfers":[{"key":"k","legs":[{"side":"debit","amountMinor":1},{}]}]}""", 422, LedgerRefusals.TransferInvalid)]
    public async Task What_cannot_be_a_transfer_is_refused_by_name(string body, int status, string code) =>
        (await Call(HttpMethod.Post, "transfers", JsonNode.Parse(body), status))["code"]!.ToString().ShouldBe(code);

    [Fact]
    public async Task Each_kind_of_work_needs_its_permission()
    {
        await OpenTwo();
        var (reader, writer) = (As("ledger.read"), As("ledger.write"));
        await Call(HttpMethod.Get, "accounts", client: reader);
        foreach (var (path, client) in new[] { ("accounts", writer), ("transfers", reader), ("accounts/bank:DUC/freeze", writer), ("budgets", writer), ("periods", writer) })
            (await Call(HttpMethod.Post, path, new { }, 403, client))["code"]!.ToString().ShouldBe("caller.not_allowed", path);
        (await Call(HttpMethod.Get, "transfers", status: 403, client: writer))["code"]!.ToString().ShouldBe("caller.not_allowed");
    }

    [Fact]
    public async Task Bob_of_another_organisation_sees_nothing_and_moves_nothing()
    {
        await OpenTwo();
        var made = await Transfer("gift-1", 5);
        var bob = Host.As("bob" + Tenant, TenantId.New());
        (await Call(HttpMethod.Get, "accounts", client: bob))["items"]!.AsArray().Count.ShouldBe(0);
        await Call(HttpMethod.Get, "accounts/bank:DUC", status: 404, client: bob);
        await Call(HttpMethod.Get, "transfers/" + made[0]!["id"], status: 404, client: bob);
        await Call(HttpMethod.Post, $"transfers/{made[0]!["id"]}/reverse", new { key = "steal" }, 404, bob);
    }

    [Fact]
    public async Task Every_operation_has_a_permission_of_the_ledger_and_an_example_that_can_be_read()
    {
        var operations = (await Host.Anonymous().GetStringAsync("/api/v1/operations", Cancel)) is var text ? JsonNode.Parse(text)!.AsArray().Where(one => one!["name"]!.ToString().StartsWith("ledger.", StringComparison.Ordinal)).ToArray() : [];
        operations.Length.ShouldBeGreaterThanOrEqualTo(24);
        foreach (var operation in operations)
        {
            operation!["permission"]!.ToString().ShouldBeOneOf("ledger.read", "ledger.write", "ledger.manage");
            operation["summary"]!.ToString().ShouldEndWith(".");
            if (operation["example"] is { } example) Should.NotThrow(() => JsonNode.Parse(example.ToString().Replace("\n", "", StringComparison.Ordinal)), operation["name"]!.ToString());
        }
    }

    [Fact]
    public async Task What_happens_is_announced_once_with_who_did_it()
    {
        await OpenTwo();
        var held = (await Call(HttpMethod.Post, "transfers", new { transfers = new[] { Body("hold-1", 1_000, isPending: true) } }))[0]!;
        await Call(HttpMethod.Post, $"transfers/{held["id"]}/settle", new { amountMinor = 600, currency = "DUC" });
        await Transfer("gift", 5);
        await Transfer("gift", 5);
        var events = (await Events()).Where(happened => happened.Name.StartsWith("ledger.transfer.", StringComparison.Ordinal)).ToArray();
        events.Select(happened => happened.Name).ShouldBe(["ledger.transfer.held", "ledger.transfer.posted", "ledger.transfer.posted"]);
        events[1].Data["legs"]![0]!["amountMinor"]!.GetValue<long>().ShouldBe(600);
        (await Ask<string>("select string_agg(distinct actor, ',') from kernel.events where tenant_id = $tenant and name = 'ledger.transfer.posted'")).ShouldStartWith("key:ada");
        (await Ask<int>("select count(*)::int from kernel.events where tenant_id = $tenant and name = 'ledger.transfer.held' and subject = 'transfer:' || (data->>'id')")).ShouldBe(1);
    }

    private async Task OpenTwo()
    {
        await Call(HttpMethod.Post, "accounts", new { code = "bank:DUC", kind = "asset", currency = "DUC" }, 201);
        await Call(HttpMethod.Post, "accounts", new { code = "wallet:ada:DUC", kind = "liability", currency = "DUC", owner = "user:ada", floorMinor = 0, tags = new[] { "wallets" } }, 201);
    }

    private Task<JsonNode> Transfer(string name, long amount, int status = 200, string? key = null, string? cause = null) =>
        Call(HttpMethod.Post, "transfers", new { transfers = new[] { Body(name, amount, cause: cause) } }, status, key: key);

    private static object Body(string key, long amount, bool isPending = false, string? cause = null) => new
    {
        key, isPending, cause, legs = new[] { new { account = "bank:DUC", side = "debit", amountMinor = amount, currency = "DUC" }, new { account = "wallet:ada:DUC", side = "credit", amountMinor = amount, currency = "DUC" } },
    };
}
