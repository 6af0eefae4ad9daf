using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Testing;

namespace Rialto.Bench;

/// <summary>A node of its own, as <c>./rialto up</c> starts it, that trusts the Git host beside it.</summary>
internal sealed class PushNode : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;
    private readonly HttpClient http;

    private PushNode(Process process, string folder, HttpClient http) => (this.process, this.folder, this.http) = (process, folder, http);

    /// <summary>Starts it and waits until its first site is live.</summary>
    public static async Task<PushNode> StartAsync(Bench bench, GitHost host, string repository, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("rialto-bench-push-").FullName;
        // The database runs under another account where this runs as root.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var data = Path.Combine(folder, "data");
        var start = new ProcessStartInfo(bench.Rialto, ["up", "--data", data, "--port", "0", "--no-open", "--repo", repository]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["RIALTO_ALLOW_PRIVATE_HOSTS"], start.Environment["RIALTO_GIT_CA_FILE"]) = ("true", host.CaFile);
        var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync(cancel);
        var ready = await process.StandardOutput.ReadLineAsync(cancel) ?? throw new InvalidOperationException("the node did not start");
        await process.StandardOutput.ReadLineAsync(cancel);
        var http = LocalHttp.Create(new Uri(ready["ready ".Length..]));
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, "owner.key"), cancel)).Trim());
        return new PushNode(process, folder, http);
    }

    /// <summary>Connects a repository with a site and waits until that is live; the hook.</summary>
    public async Task<JsonNode> ConnectAsync(string source, string site, CancellationToken cancel)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/repositories", new { source, site }, cancel);
        var words = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(words);
        while (await LiveCommitAsync(site, cancel) is null) await Task.Delay(100, cancel);
        return JsonNode.Parse(words)!["hook"]!;
    }

    /// <summary>Delivers a push as GitHub does.</summary>
    public async Task DeliverAsync(JsonNode hook, string before, string after, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["ref"] = "refs/heads/main", ["before"] = before, ["after"] = after, ["repository"] = new JsonObject { ["default_branch"] = "main" } }.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((string)hook["url"]!).AbsolutePath) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes((string)hook["secret"]!), body)));
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The commit a site's visitors get; null while there is none.</summary>
    public async Task<string?> LiveCommitAsync(string site, CancellationToken cancel)
    {
        using var answer = await http.GetAsync($"/api/v1/publishing/sites/{site}", cancel);
        if (!answer.IsSuccessStatusCode) return null;
        if ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!["liveRelease"] is not { } live) return null;
        var releases = JsonNode.Parse(await http.GetStringAsync($"/api/v1/publishing/sites/{site}/releases?limit=5", cancel))!["items"]!.AsArray();
        return releases.Where(release => (string?)release!["id"] == live).Select(release => (string?)release!["commit"]).FirstOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
