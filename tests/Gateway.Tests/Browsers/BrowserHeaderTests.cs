using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;
using static Rialto.Gateway.Tests.GatewayFixture;

namespace Rialto.Gateway.Tests;

public sealed class BrowserHeaderTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("/api/v1/operations", 200)]
    [InlineData("/api/v1/tries", 401)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/outside", 200)]
    [InlineData("/elsewhere", 404)]
    public async Task Every_answer_says_what_browsers_must_not_do_with_it(string path, int expected)
    {
        using var nobody = gateway.Host.Anonymous();
        var (status, _, answer) = await Send(nobody, "GET", path);
        status.ShouldBe(expected);
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(answer, "Referrer-Policy").ShouldBe("strict-origin-when-cross-origin");
        Header(answer, "Content-Security-Policy").ShouldBe("default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
        if (path.StartsWith("/api", StringComparison.Ordinal)) (Header(answer, "Cache-Control"), Header(answer, "Cross-Origin-Resource-Policy")).ShouldBe(("no-store", "same-origin"));
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task Pages_of_elsewhere_may_call_nothing_unless_they_are_listed()
    {
        using var client = gateway.Keyed(out _);
        var (status, body, asked) = await Ask(client, "https://app.example.org");
        (status, body!["code"]!.ToString(), asked.Headers.Contains("Access-Control-Allow-Origin")).ShouldBe((403, "request.origin_closed", false));
        (await Send(client, "GET", "/api/v1/tries", null, ("Origin", "https://app.example.org"))).Answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_listed_origin_is_named_letter_for_letter_and_never_with_cookies()
    {
        await using var host = await gateway.StartAsync(gateway.Test.Database, null, ("RIALTO_GATEWAY__CORS_ORIGINS", "https://app.example.org http://localhost:5173"));
        using var client = host.As("owner of home", gateway.HomeTenant);
        var (status, _, asked) = await Ask(client, "https://app.example.org");
        (status, Header(asked, "Access-Control-Allow-Origin"), Header(asked, "Access-Control-Max-Age")).ShouldBe((204, "https://app.example.org", "600"));
        Header(asked, "Access-Control-Allow-Headers").ShouldContain("Authorization");
        var (_, _, got) = await Send(client, "GET", "/api/v1/tries", null, ("Origin", "http://localhost:5173"));
        (Header(got, "Access-Control-Allow-Origin"), Header(got, "Vary"), got.Headers.Contains("Access-Control-Allow-Credentials")).ShouldBe(("http://localhost:5173", "Origin", false));
        foreach (var other in new[] { "https://app.example.org.evil.example", "https://evil-app.example.org", "http://app.example.org", "null", "https://app.example.org:8443" })
        {
            (await Ask(client, other)).Status.ShouldBe(403, other);
            (await Send(client, "GET", "/api/v1/tries", null, ("Origin", other))).Answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse(other);
        }
        (await Send(client, "GET", "/api/v1/tries")).Answer.Headers.GetValues("Vary").ShouldContain("Origin");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("https://a.example", true)]
    [InlineData("https://a.example http://localhost:5173", true)]
    [InlineData("https://a.example/", false)]
    [InlineData("https://a.example/path", false)]
    [InlineData("*", false)]
    [InlineData("null", false)]
    [InlineData("a.example", false)]
    [InlineData("ftp://a.example", false)]
    public void A_list_of_origins_has_nothing_but_origins(string listed, bool fits) => OpenOrigins.Fits(listed).ShouldBe(fits);

    [Theory]
    [InlineData("host", true, "max-age=31536000")]
    [InlineData("subdomains", true, "max-age=31536000; includeSubDomains")]
    [InlineData("off", true, null)]
    [InlineData("host", false, null)]
    public async Task Whoever_came_by_https_is_told_to_stay_with_it(string setting, bool isSecure, string? told)
    {
        var settings = SettingLayers.Read(GatewaySettings.All, null, name => name == "RIALTO_GATEWAY__HSTS" ? setting : null);
        var feature = new Starting();
        var http = new DefaultHttpContext();
        http.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>(feature);
        http.Request.Scheme = isSecure ? "https" : "http";
        await new BrowserHeaders(_ => Task.CompletedTask, settings).InvokeAsync(http);
        await feature.StartAsync();
        (http.Response.Headers.StrictTransportSecurity.Count == 0 ? null : http.Response.Headers.StrictTransportSecurity.ToString()).ShouldBe(told);
    }

    private static Task<(int Status, System.Text.Json.Nodes.JsonNode? Body, HttpResponseMessage Answer)> Ask(HttpClient client, string origin) =>
        Send(client, "OPTIONS", "/api/v1/tries", null, ("Origin", origin), ("Access-Control-Request-Method", "GET"));

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";

    private sealed class Starting : Microsoft.AspNetCore.Http.Features.HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Act, object State)> acts = [];

        public override void OnStarting(Func<object, Task> callback, object state) => acts.Add((callback, state));

        public async Task StartAsync()
        {
            foreach (var (act, state) in acts) await act(state);
        }
    }
}
