using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rialto.Kernel;

/// <summary>
/// The feed as server-sent events, one topic a connection: for pages that want no library. The browser's <c>EventSource</c> comes back by itself with the last
/// place it saw and gets what it missed.
/// </summary>
internal static class LiveStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var access = services.GetRequiredService<LiveAccess>();
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var topic = http.Request.Query["topic"].ToString();
            var last = http.Request.Headers["Last-Event-ID"].ToString();
            var caller = await access.CallerAsync(http);
            var feed = services.GetRequiredService<LiveFeed>();
            feed.Require(caller, topic);
            (http.Response.ContentType, http.Response.Headers.CacheControl, http.Response.Headers["X-Accel-Buffering"]) = ("text/event-stream; charset=utf-8", "no-store", "no");
            await WriteAsync(http, cancel => feed.FollowAsync(caller, topic, last.Length > 0 ? last : http.Request.Query["at"], cancel), access, over.Token);
        }
        catch (Refusal refusal) when (!http.Response.HasStarted)
        {
            await Problem.WriteAsync(http, refusal);
        }
        catch (Exception ended) when (ended is OperationCanceledException or Refusal)
        {
            // The reader went away, the node stops, or the key was revoked: the connection ends, and a browser asks again by itself.
        }
    }

    private static async Task WriteAsync(HttpContext http, Func<CancellationToken, IAsyncEnumerable<LiveFrame>> follow, LiveAccess access, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var each = follow(over.Token).GetAsyncEnumerator(over.Token);
        var next = each.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (await Task.WhenAny(next, Task.Delay(Heartbeat, over.Token)) != next)
                {
                    over.Token.ThrowIfCancellationRequested();
                    // A reader that is gone shows only when something is written.
                    await SendAsync(http, ":\n\n", over.Token);
                    continue;
                }
                if (!await next) return;
                await access.CallerAsync(http);
                var frame = each.Current;
                await SendAsync(http, $"id: {frame.At}\nevent: {frame.Kind}\ndata: {JsonSerializer.Serialize(frame, KernelJson.Default.LiveFrame)}\n\n", over.Token);
                next = each.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // What is being waited for must have ended before the following is closed.
            await over.CancelAsync();
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task SendAsync(HttpContext http, string text, CancellationToken cancel)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await http.Response.Body.FlushAsync(cancel);
    }
}
