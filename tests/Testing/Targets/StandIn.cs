using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rialto.Testing;

/// <summary>A host elsewhere that takes sites in, on a free port of this machine. What its interface does not allow is refused as the real one does.</summary>
public abstract class StandIn : IAsyncDisposable
{
    /// <summary>The only key that is accepted.</summary>
    public const string Key = "key-of-the-target-9f8e7d";

    private readonly WebApplication app;
    private int busy;

    protected StandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(ServeAsync);
        app.Start();
        Address = new Uri(app.Urls.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What visitors of it get: path → content.</summary>
    public ConcurrentDictionary<string, byte[]> Published { get; } = new();

    /// <summary>Requests so far: <c>PUT /path</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers the next so many requests with 503.</summary>
    public int Busy { set => busy = value; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    protected abstract Task AnswerAsync(HttpContext http, byte[] body);

    protected static async Task WriteAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }

    protected static Task RefuseAsync(HttpContext http, int status, string words) => WriteAsync(http, status, new JsonObject { ["message"] = words });

    protected static string Sha1(byte[] content)
    {
#pragma warning disable CA5350 // As the real interfaces have it.
        return Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350
    }

    private async Task ServeAsync(HttpContext http)
    {
        Asked.Enqueue($"{http.Request.Method} {http.Request.Path}");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (Interlocked.Decrement(ref busy) >= 0) await RefuseAsync(http, 503, "busy");
        else await AnswerAsync(http, body.ToArray());
    }
}
