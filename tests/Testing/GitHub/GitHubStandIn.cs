using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rialto.Testing;

/// <summary>
/// A strict stand-in for GitHub's API and its app: requests that GitHub would refuse are refused here with GitHub's words. It knows one
/// app, one installation and the repositories selected for it; Git itself is served by a <see cref="GitHost"/>.
/// </summary>
public sealed partial class GitHubStandIn : IAsyncDisposable
{
    /// <summary>Number of the app.</summary>
    public const long AppId = 4711;

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (JsonObject Permissions, long[]? Repositories, DateTimeOffset Until)> tokens = new();
    private static long installations = 815;
    private long numbers = 1000;

    private GitHubStandIn(WebApplication app, GitHost git) => (this.app, Git) = (app, git);

    /// <summary>Number of the installation.</summary>
    public long Installation { get; } = Interlocked.Increment(ref installations);

    /// <summary>Where repositories are.</summary>
    public GitHost Git { get; }

    /// <summary>Address of the API, for the setting.</summary>
    public string Api => app.Urls.First();

    /// <summary>The app's private key.</summary>
    public string PrivateKey => key.ExportRSAPrivateKeyPem();

    /// <summary>Secret of the app's webhook.</summary>
    public string WebhookSecret { get; } = "webhook-secret-of-the-stand-in";

    /// <summary>What the installation was granted.</summary>
    public JsonObject Granted { get; set; } = new() { ["contents"] = "read", ["metadata"] = "read", ["statuses"] = "write", ["deployments"] = "write" };

    /// <summary><c>selected</c> or <c>all</c>.</summary>
    public string Selection { get; set; } = "selected";

    /// <summary>When the installation was made; null for just now, whenever that is asked.</summary>
    public DateTimeOffset? InstalledAt { get; set; }

    /// <summary>Repositories selected: number → owner/name and whether private.</summary>
    public ConcurrentDictionary<long, (string Path, bool IsPrivate)> Repositories { get; } = new();

    /// <summary>Statuses written: commit, state, context, target.</summary>
    public ConcurrentQueue<(string Commit, string State, string Context, string Target)> Statuses { get; } = new();

    /// <summary>Deployments made: number, commit, environment.</summary>
    public ConcurrentQueue<(long Number, string Commit, string Environment)> Deployments { get; } = new();

    /// <summary>States of deployments written: number, state, address.</summary>
    public ConcurrentQueue<(long Number, string State, string Address)> DeploymentStates { get; } = new();

    /// <summary>Every request: method and path.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Stands before every request; true when it has answered.</summary>
    public Func<HttpContext, bool>? Trouble { get; set; }

    /// <summary>Which installation numbers the user who agrees has, and the code that proves the user; null while the app asks for none.</summary>
    public (string Code, long[] Installations)? User { get; set; }

    /// <summary>What an organisation sets to use this app.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("repositories.github_app_id", "4711"), ("repositories.github_app_slug", "rialto-test"), ("repositories.github_private_key", PrivateKey), ("repositories.github_webhook_secret", WebhookSecret),
        ("repositories.github_api_url", Api), ("repositories.github_url", Api),
    ];

    /// <summary>Starts one.</summary>
    public static async Task<GitHubStandIn> StartAsync(GitHost git)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        GitHubStandIn? one = null;
        app.Run(context => one!.AnswerAsync(context));
        await app.StartAsync();
        one = new GitHubStandIn(app, git);
        git.Misbehaviour = one.GuardAsync;
        return one;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    // Private repositories are shown to who has a token that was made for them.
    private Task GuardAsync(HttpContext context, Func<Task> honestly)
    {
        var path = context.Request.Path.Value ?? "";
        var repository = Repositories.FirstOrDefault(one => path.StartsWith($"/{one.Value.Path}/", StringComparison.Ordinal) || path.StartsWith($"/{one.Value.Path}.git/", StringComparison.Ordinal));
        if (repository.Value.Path is null || !repository.Value.IsPrivate) return honestly();
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Basic ", StringComparison.Ordinal) && Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])) is var pair && pair.StartsWith("x-access-token:", StringComparison.Ordinal)
            && tokens.TryGetValue(pair["x-access-token:".Length..], out var token) && token.Until > DateTimeOffset.UtcNow && token.Permissions["contents"] is not null && (token.Repositories?.Contains(repository.Key) ?? true)) return honestly();
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        Asked.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        if (Trouble is { } trouble && trouble(context)) return;
        try
        {
            var (status, answer) = await RouteAsync(request);
            context.Response.Headers["x-ratelimit-limit"] = "5000";
            context.Response.Headers["x-ratelimit-remaining"] = "4999";
            context.Response.Headers["x-ratelimit-reset"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            await WriteAsync(context, status, answer);
        }
        catch (StandInRefusal refusal)
        {
            await WriteAsync(context, refusal.Status, new JsonObject { ["message"] = refusal.Message, ["documentation_url"] = "https://docs.github.com/rest" });
        }
    }

    private static Task WriteAsync(HttpContext context, int status, JsonNode answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString());
    }

    private static StandInRefusal Refuse(int status, string words) => new(status, words);

    private sealed class StandInRefusal(int status, string words) : Exception(words)
    {
        public int Status { get; } = status;
    }
}
