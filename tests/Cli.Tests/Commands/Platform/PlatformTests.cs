using System.Diagnostics;
using System.Text.Json.Nodes;
using Rialto.Testing;
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

            var rotated = await RialtoProgram.RunAsync("keys", "rotate", "--root", "--data", folder);
            (rotated.ExitCode, rotated.Output.Contains("home: tenant key ")).ShouldBe((0, true), rotated.Output + rotated.Error);
            (await CallAsync(null, "encryption.list_keys")).ExitCode.ShouldBe(0);
            var audit = await RialtoProgram.RunAsync("audit", "verify", "--organisation", "home", "--data", folder);
            (audit.ExitCode, audit.Output.Contains("whole: ")).ShouldBe((0, true), audit.Output + audit.Error);
            var books = await RialtoProgram.RunAsync("ledger", "verify", "--data", folder);
            (books.ExitCode, books.Output.StartsWith("home  sound: ", StringComparison.Ordinal)).ShouldBe((0, true), books.Output + books.Error);
            (await RialtoProgram.RunAsync("account", "link", "--email", "ada@example.org", "--data", folder)).Error.ShouldContain("[identity.account_unknown]");
            var link = await RialtoProgram.RunAsync("account", "link", "--email", "ada@example.org", "--create", "--data", folder);
            using (var http = new HttpClient()) (await http.GetStringAsync(link.Output.Trim(), Cancel)).ShouldContain("ada@example.org");

            await StopAsync(node);
            node.ExitCode.ShouldBe(0);
            var notes = await node.StandardError.ReadToEndAsync(Cancel);
            notes.ShouldContain("rlt_");
            notes.ShouldContain("/sign-in/link?token=");
            (await node.StandardOutput.ReadToEndAsync(Cancel)).ShouldBe("");
        }
        File.Exists(Path.Combine(folder, "postgres", "cluster", "postmaster.pid")).ShouldBeFalse();
        (await CallAsync(null, "jobs.list")).Error.ShouldContain("[call.not_running]");
    }

    [Fact]
    public async Task Up_publishes_a_repository_once_and_the_next_start_shows_it_without_building()
    {
        using var repository = new TestRepository();
        repository.Write("README.md", "# Lantern\n\nA small static server that lights up a folder.\n").Commit();
        for (var start = 0; start < 2; start++)
        {
            using var node = Up("--repo", repository.Path);
            (await node.StandardOutput.ReadLineAsync(Cancel)).ShouldStartWith("ready http://127.0.0.1:");
            var published = (await node.StandardOutput.ReadLineAsync(Cancel)).ShouldNotBeNull();
            published.ShouldStartWith("published http://127.0.0.1:");
            var site = new Uri(published["published ".Length..]);
            using var http = new HttpClient();
            (await http.GetStringAsync(site, Cancel)).ShouldContain("lights up a folder");
            (await http.GetStringAsync(new Uri(site, "/"), Cancel)).ShouldContain(site.AbsolutePath);
            var name = site.Segments[^1].TrimEnd('/');
            JsonNode.Parse((await CallAsync(null, "publishing.list_builds", $$"""{"name":"{{name}}"}""")).Output)!["items"]!.AsArray().Count.ShouldBe(1);
            await StopAsync(node);
        }
        var nowhere = Up("--repo", Path.Combine(folder, "nothing"));
        (await nowhere.StandardOutput.ReadLineAsync(Cancel)).ShouldStartWith("ready http://127.0.0.1:");
        while ((await nowhere.StandardError.ReadLineAsync(Cancel))!.Contains("was not published", StringComparison.Ordinal) == false) { }
        await StopAsync(nowhere);
        nowhere.ExitCode.ShouldBe(0);
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

    private Process Up(params string[] more) => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rialto"), ["up", "--data", folder, "--port", "0", "--no-open", .. more])
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
