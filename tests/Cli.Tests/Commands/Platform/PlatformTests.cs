using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;

namespace Rialto.Cli.Tests;

public sealed class PlatformTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-up-").FullName;

    public PlatformTests()
    {
        // Where these tests run as root, the database runs as somebody else.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_serves_scripts_call_with_scoped_keys_and_Ctrl_C_stops_everything()
    {
        using (var node = Up())
        {
            (await node.StandardOutput.ReadLineAsync(Cancel)).ShouldStartWith("ready http://127.0.0.1:");
            var listed = await CallAsync(null, "identity.list_keys");
            JsonNode.Parse(listed.Output)!["items"]!.AsArray().ShouldHaveSingleItem();

            var made = await RialtoProgram.RunAsync("token", "create", "--organisation", "home", "--scope", "jobs.read", "--data", folder);
            made.ExitCode.ShouldBe(0, made.Error);
            var token = made.Output.Trim();
            token.ShouldStartWith("rlt_");
            (await CallAsync(token, "jobs.list", """{"state":"failed"}""")).ExitCode.ShouldBe(0);
            var refused = await CallAsync(token, "identity.list_keys");
            (refused.ExitCode, refused.Error.Contains("[caller.not_allowed]")).ShouldBe((2, true), refused.Error);
            (await CallAsync(null, "jobs.fly")).Error.ShouldContain("[operations.unknown]");
            (await CallAsync(null, "jobs.list", """{"colour":"red"}""")).Error.ShouldContain("[operations.input_unknown]");
            (await CallAsync(null, "jobs.list", "[]")).Error.ShouldContain("[call.input_invalid]");
            (await CallAsync(null, "identity.create_key", """{"name":"ci","scopes":["jobs.*"],"lifetimeDays":2}""")).Output.ShouldContain("rlt_");

            await StopAsync(node);
            node.ExitCode.ShouldBe(0);
            (await node.StandardError.ReadToEndAsync(Cancel)).ShouldContain("rlt_");
            (await node.StandardOutput.ReadToEndAsync(Cancel)).ShouldBe("");
        }
        File.Exists(Path.Combine(folder, "postgres", "cluster", "postmaster.pid")).ShouldBeFalse();
        (await CallAsync(null, "jobs.list")).Error.ShouldContain("[call.not_running]");
    }

    [Fact]
    public async Task A_port_that_is_taken_and_one_that_is_none_are_said()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var taken = await RialtoProgram.RunAsync("up", "--data", folder, "--port", $"{((System.Net.IPEndPoint)other.LocalEndpoint).Port}", "--no-open");
        (taken.ExitCode, taken.Error.Contains("[server.port_taken]")).ShouldBe((2, true), taken.Error);
        (await RialtoProgram.RunAsync("up", "--port", "70000", "--no-open")).Error.ShouldContain("[server.port_invalid]");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Process Up() => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rialto"), ["up", "--data", folder, "--port", "0", "--no-open"])
    {
        RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["RIALTO_HOME"] = "" },
    })!;

    private Task<Ran> CallAsync(string? token, string name, string json = "{}") =>
        RialtoProgram.RunAsync(new Dictionary<string, string?> { ["RIALTO_TOKEN"] = token, ["RIALTO_URL"] = null }, "call", name, "--json", json, "--data", folder);

    private static async Task StopAsync(Process node)
    {
        using var stop = Process.Start("kill", ["-INT", $"{node.Id}"]);
        await node.WaitForExitAsync(Cancel);
    }
}
