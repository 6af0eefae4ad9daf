using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class OutgoingHttpTests : IAsyncLifetime
{
    private WebApplication server = null!;
    private int port;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(AnswerAsync);
        await server.StartAsync();
        port = new Uri(server.Urls.First()).Port;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("http://127.0.0.1:{0}/hello")]
    [InlineData("http://[::1]:{0}/hello")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/hello")]
    [InlineData("http://2130706433:{0}/hello")]
    [InlineData("http://0x7f.1:{0}/hello")]
    [InlineData("http://localhost:{0}/hello")]
    public async Task This_machine_is_closed_however_it_is_written(string address)
    {
        using var http = new OutgoingHttp(new OutgoingOptions { AllowPlain = true });
        (await Refused(http, string.Format(null, address, port))).Code.ShouldBe("outgoing.address_closed");
    }

    [Fact]
    public async Task A_name_with_one_closed_address_among_open_ones_is_refused()
    {
        using var http = With(new OutgoingOptions { AllowPlain = true }, "1.1.1.1", "10.0.0.1");
        (await Refused(http, $"http://both.example:{port}/hello")).Code.ShouldBe("outgoing.address_closed");
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked()
    {
        var asked = 0;
        // A name that answers with an open address first and a closed one afterwards is asked once.
        using var http = new OutgoingHttp(new OutgoingOptions { AllowPlain = true, TimeoutSeconds = 0.3 },
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "203.1.112.1" : "127.0.0.1")]));
        (await Refused(http, $"http://rebind.example:{port}/hello")).Code.ShouldBeOneOf("outgoing.timeout", "outgoing.unreachable");
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task An_allowed_host_is_reached_also_without_TLS_and_only_on_its_port()
    {
        using var http = new OutgoingHttp(Allowing($"127.0.0.1:{port}"));
        var answer = await http.SendAsync(new OutgoingRequest(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/hello")), Cancel);
        (answer.Status, Encoding.UTF8.GetString(answer.Body.Span)).ShouldBe((200, "hello"));
        (await Refused(http, $"http://127.0.0.1:{port + 1}/hello")).Code.ShouldBe("outgoing.scheme");
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://example.org/")]
    public async Task Only_https_is_allowed_by_default(string address)
    {
        using var http = With(new OutgoingOptions(), "1.1.1.1");
        (await Refused(http, address)).Code.ShouldBe("outgoing.scheme");
    }

    [Fact]
    public async Task A_redirect_is_checked_like_a_first_request()
    {
        using var http = new OutgoingHttp(Allowing($"127.0.0.1:{port}") with { AllowPlain = true });
        (await Refused(http, $"http://127.0.0.1:{port}/to?http://169.254.169.254/latest/meta-data")).Code.ShouldBe("outgoing.address_closed");
        (await Refused(http, $"http://127.0.0.1:{port}/to?file:///etc/passwd")).Code.ShouldBe("outgoing.scheme");
        (await Refused(http, $"http://127.0.0.1:{port}/loop")).Code.ShouldBe("outgoing.too_many_redirects");
    }

    [Fact]
    public async Task Credentials_do_not_follow_to_another_host()
    {
        using var http = new OutgoingHttp(Allowing("localhost", "127.0.0.1"));
        var request = new OutgoingRequest(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/to?http://localhost:{port}/headers"))
        {
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret", ["X-Key"] = "secret", ["X-Plain"] = "kept" }, PersonalHeaders = new HashSet<string> { "X-Key" },
        };
        Encoding.UTF8.GetString((await http.SendAsync(request, Cancel)).Body.Span).ShouldBe("||kept");
        var stays = request with { Address = new Uri($"http://127.0.0.1:{port}/to?/headers") };
        Encoding.UTF8.GetString((await http.SendAsync(stays, Cancel)).Body.Span).ShouldBe("Bearer secret|secret|kept");
    }

    [Theory]
    [InlineData(303, "GET")]
    [InlineData(302, "GET")]
    [InlineData(307, "POST")]
    [InlineData(308, "POST")]
    public async Task A_redirected_POST_keeps_or_loses_its_method_as_the_standard_says(int status, string method)
    {
        using var http = new OutgoingHttp(Allowing("127.0.0.1"));
        var answer = await http.SendAsync(new OutgoingRequest(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/status{status}?/method")) { Body = "{}"u8.ToArray() }, Cancel);
        Encoding.UTF8.GetString(answer.Body.Span).ShouldBe($"{method} {(method == "POST" ? 2 : 0)}");
    }

    [Fact]
    public async Task Size_and_time_are_limited()
    {
        using var http = new OutgoingHttp(Allowing("127.0.0.1") with { MaxAnswerBytes = 100_000, TimeoutSeconds = 0.3 });
        (await Refused(http, $"http://127.0.0.1:{port}/endless")).Code.ShouldBe("outgoing.too_large");
        (await Refused(http, $"http://127.0.0.1:{port}/never")).Code.ShouldBe("outgoing.timeout");
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_said_so()
    {
        using var http = With(new OutgoingOptions());
        (await Refused(http, "https://nowhere.example/")).Code.ShouldBe("outgoing.unresolved");
    }

    private static OutgoingOptions Allowing(params string[] hosts) => new() { AllowedHosts = hosts.ToHashSet(StringComparer.OrdinalIgnoreCase) };

    private static OutgoingHttp With(OutgoingOptions options, params string[] addresses) =>
        new(options, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));

    private static Task<Refusal> Refused(OutgoingHttp http, string address) =>
        Should.ThrowAsync<Refusal>(() => http.SendAsync(new OutgoingRequest(HttpMethod.Get, new Uri(address)), Cancel));

    private static async Task AnswerAsync(HttpContext http)
    {
        var target = Uri.UnescapeDataString(http.Request.QueryString.ToString().TrimStart('?'));
        switch (http.Request.Path.Value)
        {
            case "/hello": await http.Response.WriteAsync("hello"); break;
            case "/to": http.Response.Redirect(target); break;
            case "/loop": http.Response.Redirect("/loop"); break;
            case "/headers": await http.Response.WriteAsync($"{http.Request.Headers.Authorization}|{http.Request.Headers["X-Key"]}|{http.Request.Headers["X-Plain"]}"); break;
            case "/method": await http.Response.WriteAsync($"{http.Request.Method} {http.Request.ContentLength ?? 0}"); break;
            case "/never": await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default); break;
            case "/endless":
                while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(new byte[16 * 1024], http.RequestAborted);
                break;
            default:
                http.Response.StatusCode = int.Parse(http.Request.Path.Value![^3..], null);
                http.Response.Headers.Location = target;
                break;
        }
    }
}
