using System.Text;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;
using Shouldly;
using static Rialto.Gateway.Tests.GatewayFixture;

namespace Rialto.Gateway.Tests;

public sealed class ForwardingTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IAsyncLifetime
{
    private Upstream first = null!, second = null!;
    private HttpClient owner = null!;
    private string name = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (first, second) = (await Upstream.StartAsync(), await Upstream.StartAsync());
        owner = gateway.Host.As("owner of home", gateway.HomeTenant);
        name = "stock-" + Guid.NewGuid().ToString("N")[..12];
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task A_request_reaches_the_service_changed_as_told_and_without_the_callers_credentials()
    {
        await Route(new
        {
            name, targets = new[] { first.Address + "/v2" }, secretHeaders = new Dictionary<string, string> { ["X-Api-Key"] = "swordfish" },
            request = new { stripPrefix = "public", addPrefix = "inner", setHeaders = new Dictionary<string, string> { ["X-Caller"] = "rialto" }, removeHeaders = new[] { "X-Noise" }, setQuery = new Dictionary<string, string> { ["tenant"] = "acme" } },
            answer = new { setHeaders = new Dictionary<string, string> { ["X-From"] = "stock" }, removeHeaders = new[] { "X-Inner" } },
        });
        first.Answer = http =>
        {
            (http.Response.Headers["X-Inner"], http.Response.Headers["X-Kept"], http.Response.Headers.SetCookie, http.Response.StatusCode) = ("1", "2", "session=stolen", 201);
            http.Response.Headers.ContentSecurityPolicy = "default-src *";
            return http.Response.WriteAsync("<script>alert(1)</script>");
        };
        var (status, _, answer) = await Send(owner, "POST", $"/api/v1/gateway/to/{name}/public/things/a%20b?page=2&tenant=evil", new { count = 1 },
            ("X-Noise", "x"), ("X-Mine", "y"), ("Cookie", "__Host-session=secret"), ("X-Forwarded-For", "198.51.100.200"));
        status.ShouldBe(201);
        var asked = first.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Path, asked.Body).ShouldBe(("POST", "/v2/inner/things/a%20b?page=2&tenant=acme", """{"count":1}"""));
        (asked.Headers["X-Caller"], asked.Headers["X-Api-Key"], asked.Headers["X-Mine"], asked.Headers["X-Forwarded-For"], asked.Headers["Content-Type"]).ShouldBe(("rialto", "swordfish", "y", "198.51.100.200", "application/json; charset=utf-8"));
        foreach (var hidden in new[] { "Authorization", "Cookie", "X-Noise" }) asked.Headers.ContainsKey(hidden).ShouldBeFalse(hidden);
        asked.Headers["traceparent"].ShouldStartWith("00-");
        (answer.Headers.GetValues("X-From").Single(), answer.Headers.GetValues("X-Kept").Single(), answer.Headers.Contains("X-Inner"), answer.Headers.Contains("Set-Cookie")).ShouldBe(("stock", "2", false, false));
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("sandbox; default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Fact]
    public async Task Secret_headers_are_never_shown_and_not_in_the_database_as_words()
    {
        var made = await Route(new { name, targets = new[] { first.Address }, secretHeaders = new Dictionary<string, string> { ["X-Api-Key"] = "swordfish" } });
        made.ToJsonString().ShouldNotContain("swordfish");
        made["hasSecretHeaders"]!.GetValue<bool>().ShouldBeTrue();
        Encoding.Latin1.GetString(await gateway.AskAsync<byte[]>("select secrets from gateway.routes where name = @name", new { name })).ShouldNotContain("swordfish");
        (await gateway.AskAsync<string>("select coalesce(string_agg(changes, ' '), '') from kernel.audit_rows")).ShouldNotContain("swordfish");
        // A change that names none keeps them.
        (await Send(owner, "PUT", $"/api/v1/gateway/routes/{made["id"]}", new { name, targets = new[] { first.Address } })).Status.ShouldBe(200);
        await Send(owner, "GET", $"/api/v1/gateway/to/{name}/x");
        first.Requests.ShouldHaveSingleItem().Headers["X-Api-Key"].ShouldBe("swordfish");
    }

    [Fact]
    public async Task Calls_are_shared_by_all_targets_and_one_that_fails_is_left_alone()
    {
        await Route(new { name, targets = new[] { first.Address, second.Address }, retries = 1 });
        for (var call = 0; call < 30; call++) (await Send(owner, "GET", $"/api/v1/gateway/to/{name}/")).Status.ShouldBe(200);
        first.Requests.Count.ShouldBeGreaterThan(0);
        second.Requests.Count.ShouldBeGreaterThan(0);
        second.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        for (var call = 0; call < 40; call++) (await Send(owner, "GET", $"/api/v1/gateway/to/{name}/")).Status.ShouldBe(200, $"call {call}");
        var health = (await Send(owner, "GET", $"/api/v1/gateway/routes/{await IdAsync()}")).Body!["health"]!.AsArray();
        health.Single(one => one!["target"]!.ToString() == second.Address)!["failures"]!.GetValue<int>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_request_that_may_not_be_repeated_is_sent_once()
    {
        await Route(new { name, targets = new[] { first.Address, second.Address }, retries = 3 });
        first.Answer = second.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        (await Send(owner, "POST", $"/api/v1/gateway/to/{name}/orders", new { })).Status.ShouldBe(503);
        (first.Requests.Count + second.Requests.Count).ShouldBe(1);
        await Send(owner, "GET", $"/api/v1/gateway/to/{name}/orders");
        (first.Requests.Count + second.Requests.Count).ShouldBe(5);
    }

    [Fact]
    public async Task A_service_that_is_not_there_or_too_slow_is_told_apart_and_then_left_alone()
    {
        var gone = await Upstream.StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();
        await Route(new { name, targets = new[] { address }, retries = 0 });
        var codes = new List<string>();
        for (var call = 0; call < 8; call++) codes.Add((await Send(owner, "GET", $"/api/v1/gateway/to/{name}/")).Body!["code"]!.ToString());
        codes[..5].ShouldAllBe(code => code == "gateway.service_unreachable");
        codes.ShouldContain("gateway.service_down");
        var slow = name + "-slow";
        first.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await Route(new { name = slow, targets = new[] { first.Address }, retries = 0, timeoutSeconds = 0.2 });
        var (status, body, _) = await Send(owner, "GET", $"/api/v1/gateway/to/{slow}/");
        (status, body!["code"]!.ToString()).ShouldBe((504, "gateway.service_slow"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://localhost:1/")]
    public async Task What_is_inside_cannot_be_reached_through_a_route(string target)
    {
        await Route(new { name, targets = new[] { target } });
        var (status, body, _) = await Send(owner, "GET", $"/api/v1/gateway/to/{name}/meta-data");
        status.ShouldBe(502);
        body!["code"]!.ToString().ShouldBeOneOf("outgoing.address_closed", "outgoing.scheme");
    }

    [Fact]
    public async Task A_redirect_of_the_service_is_handed_on_and_not_followed()
    {
        await Route(new { name, targets = new[] { first.Address } });
        first.Answer = http =>
        {
            http.Response.Redirect("http://169.254.169.254/");
            return Task.CompletedTask;
        };
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = owner.BaseAddress, DefaultRequestHeaders = { Authorization = owner.DefaultRequestHeaders.Authorization } };
        using var answer = await client.GetAsync($"/api/v1/gateway/to/{name}/", Cancel);
        ((int)answer.StatusCode, answer.Headers.Location!.ToString()).ShouldBe((302, "http://169.254.169.254/"));
        first.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_route_is_open_to_its_own_organisation_with_the_permission_and_the_method_only()
    {
        await Route(new { name, targets = new[] { first.Address }, methods = new[] { "get" } });
        using var nobody = gateway.Host.Anonymous();
        using var reader = gateway.Host.As("reader of home", gateway.HomeTenant, "gateway.read");
        using var stranger = gateway.Keyed(out _);
        (await Send(nobody, "GET", $"/api/v1/gateway/to/{name}/")).Status.ShouldBe(401);
        (await Send(reader, "GET", $"/api/v1/gateway/to/{name}/")).Status.ShouldBe(403);
        var (status, body, _) = await Send(stranger, "GET", $"/api/v1/gateway/to/{name}/");
        var unknown = await Send(stranger, "GET", "/api/v1/gateway/to/nothing/");
        (status, body!["code"]!.ToString(), body["detail"]!.ToString()).ShouldBe((unknown.Status, unknown.Body!["code"]!.ToString(), unknown.Body["detail"]!.ToString()));
        (await Send(owner, "POST", $"/api/v1/gateway/to/{name}/", new { })).Status.ShouldBe(405);
        first.Requests.ShouldBeEmpty();
        var id = await IdAsync();
        (await Send(owner, "DELETE", $"/api/v1/gateway/routes/{id}")).Status.ShouldBe(204);
        (await Send(owner, "GET", $"/api/v1/gateway/to/{name}/")).Status.ShouldBe(404);
        (await Send(owner, "DELETE", $"/api/v1/gateway/routes/{id}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("Upper", "https://a.example", "request.invalid")]
    [InlineData("", "https://a.example", "request.invalid")]
    [InlineData("ok", "ftp://a.example", "gateway.route_invalid")]
    [InlineData("ok", "https://user:pw@a.example", "gateway.route_invalid")]
    [InlineData("ok", "https://a.example/?q=1", "gateway.route_invalid")]
    [InlineData("ok", "not an address", "gateway.route_invalid")]
    public async Task What_is_no_route_is_refused(string wanted, string target, string code) =>
        (await Send(owner, "POST", "/api/v1/gateway/routes", new { name = wanted, targets = new[] { target } })).Body!["code"]!.ToString().ShouldBe(code);

    [Theory]
    [InlineData("Set-Cookie")]
    [InlineData("Host")]
    [InlineData("Access-Control-Allow-Origin")]
    [InlineData("Content-Security-Policy")]
    [InlineData("bad name")]
    public async Task Headers_that_are_ours_cannot_be_set_by_a_route(string header) =>
        (await Send(owner, "POST", "/api/v1/gateway/routes", new { name, targets = new[] { first.Address }, answer = new { setHeaders = new Dictionary<string, string> { [header] = "x" } } })).Body!["code"]!.ToString().ShouldBe("gateway.route_invalid");

    [Fact]
    public async Task A_name_is_given_once_and_a_change_of_what_was_changed_meanwhile_is_refused()
    {
        var made = await Route(new { name, targets = new[] { first.Address } });
        (await Send(owner, "POST", "/api/v1/gateway/routes", new { name, targets = new[] { first.Address } })).Body!["code"]!.ToString().ShouldBe("gateway.route_taken");
        (await Send(owner, "PUT", $"/api/v1/gateway/routes/{made["id"]}", new { name, targets = new[] { second.Address } }, ("If-Match", "\"1\""))).Answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await Send(owner, "PUT", $"/api/v1/gateway/routes/{made["id"]}", new { name, targets = new[] { first.Address } }, ("If-Match", "\"1\""))).Status.ShouldBe(412);
        await Send(owner, "GET", $"/api/v1/gateway/to/{name}/");
        (first.Requests.Count, second.Requests.Count).ShouldBe((0, 1));
        (await Send(owner, "GET", $"/api/v1/gateway/routes?name={name}")).Body!["items"]!.AsArray().ShouldHaveSingleItem()!["version"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("a/b", null, null, "/a/b")]
    [InlineData("", null, null, "/")]
    [InlineData("public/a", "/public", "inner", "/inner/a")]
    [InlineData("publicity/a", "public", null, "/publicity/a")]
    [InlineData("a b/ü?#", null, null, "/a%20b/%C3%BC%3F%23")]
    public void A_path_is_encoded_again(string path, string? strip, string? add, string sent) => OutgoingShape.PathOf(path, new RequestChange { StripPrefix = strip, AddPrefix = add }).ShouldBe(sent);

    [Theory]
    [InlineData("../admin")]
    [InlineData("a/../../b")]
    [InlineData("./a")]
    public void A_path_that_climbs_is_not_sent(string path) => Should.Throw<Refusal>(() => OutgoingShape.PathOf(path, new RequestChange())).Code.ShouldBe("request.malformed");

    private async Task<System.Text.Json.Nodes.JsonNode> Route(object route)
    {
        var (status, body, _) = await Send(owner, "POST", "/api/v1/gateway/routes", route);
        status.ShouldBe(201, body?.ToJsonString());
        return body!;
    }

    private Task<Guid> IdAsync() => gateway.AskAsync<Guid>("select id from gateway.routes where name = @name", new { name });
}
