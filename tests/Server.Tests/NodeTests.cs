using System.Diagnostics;
using System.Net;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests;

public sealed class NodeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-node-").FullName;

    public NodeTests()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_starts_serves_survives_a_kill_and_stops_with_its_database()
    {
        using var http = new HttpClient();
        string key;
        using (var node = Start("--data", folder, "--port", "0"))
        {
            var address = await ReadyAsync(node);
            (await http.GetStringAsync(address + "/health/ready", Cancel)).ShouldBe("ready");
            (await http.GetStringAsync(address + "/api/v1/operations", Cancel)).ShouldContain("jobs.list");
            (await http.GetAsync(address + "/api/v1/jobs", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var page = await http.GetAsync(address + "/", Cancel);
            page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
            page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'");
            (await page.Content.ReadAsStringAsync(Cancel)).ShouldContain("No site is published yet.");
            key = File.ReadAllText(Path.Combine(folder, "owner.key")).Trim();
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(folder, "owner.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await JobsAsync(http, address, key)).ShouldBe(HttpStatusCode.OK);
            node.Kill();
            await node.WaitForExitAsync(Cancel);
        }
        using (var again = Start("--data", folder, "--port", "0"))
        {
            var address = await ReadyAsync(again);
            (await http.GetStringAsync(address + "/health/ready", Cancel)).ShouldBe("ready");
            (await JobsAsync(http, address, key)).ShouldBe(HttpStatusCode.OK);
            using var stop = Process.Start("kill", ["-TERM", $"{again.Id}"]);
            await again.WaitForExitAsync(Cancel);
            again.ExitCode.ShouldBe(0);
            (await again.StandardError.ReadToEndAsync(Cancel)).ShouldNotContain("rlt_");
        }
        File.Exists(Path.Combine(folder, "postgres", "cluster", "postmaster.pid")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("server.argument_unknown", "--colour", "red")]
    [InlineData("server.argument_unknown", "--port")]
    [InlineData("server.port_invalid", "--port", "66000")]
    [InlineData("server.listen_invalid", "--listen", "example.org")]
    [InlineData("server.base_domain_invalid", "--base-domain", "https://example.org")]
    [InlineData("server.base_domain_invalid", "--base-domain", "example.org:8080")]
    public async Task A_mistake_in_the_arguments_is_said_and_nothing_is_started(string code, params string[] arguments)
    {
        using var node = Start(arguments);
        (await node.StandardError.ReadToEndAsync(Cancel)).ShouldStartWith(code);
        await node.WaitForExitAsync(Cancel);
        node.ExitCode.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<HttpStatusCode> JobsAsync(HttpClient http, string address, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "/api/v1/jobs") { Headers = { Authorization = new("Bearer", key) } };
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> ReadyAsync(Process node)
    {
        var line = await node.StandardOutput.ReadLineAsync(Cancel) ?? await node.StandardError.ReadToEndAsync(Cancel);
        line.ShouldStartWith("ready http://");
        return line["ready ".Length..];
    }

    private static Process Start(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "Server", "bin", configuration, "net10.0", "Rialto.Server"));
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
