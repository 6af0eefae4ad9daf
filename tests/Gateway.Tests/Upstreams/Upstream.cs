using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rialto.Gateway.Tests;

/// <summary>Somebody's own service: a real server that tells what it was asked.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication app;

    private Upstream(WebApplication app) => this.app = app;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>What it answers; the usual answer is 200 with a little JSON.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http => http.Response.WriteAsync("""{"stock":7}""");

    public string Address => app.Urls.First();

    public static async Task<Upstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var made = new Upstream(app);
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            made.Requests.Enqueue(new Asked(http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
            await made.Answer(http);
        });
        await app.StartAsync();
        return made;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
