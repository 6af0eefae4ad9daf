using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Serves a preview on this machine only, and tells open pages when there is something new.</summary>
internal static class PreviewServer
{
    private const string Events = "/.rialto/events";
    private const string Overlay = "position:fixed;inset:auto 1rem 1rem;z-index:2147483647;padding:1rem;border-radius:.5rem;background:#7f1d1d;color:#fff;font:1rem/1.5 system-ui;white-space:pre-wrap";
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly byte[] LiveScript = Encoding.UTF8.GetBytes($$"""
        <script>(() => {
          const events = new EventSource('{{Events}}');
          let box;
          events.addEventListener('reload', () => location.reload());
          events.addEventListener('failure', event => {
            box ??= document.body.appendChild(Object.assign(document.createElement('div'), { role: 'alert' }));
            box.style.cssText = '{{Overlay}}';
            box.textContent = JSON.parse(event.data);
          });
        })();</script>
        """);

    /// <summary>Starts serving; the address is in the result's <c>Urls</c>.</summary>
    /// <exception cref="Refusal"><c>preview.port_taken</c>.</exception>
    public static async Task<WebApplication> StartAsync(PreviewSite site, int port, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            // A name that leads here from elsewhere (DNS rebinding) is not for us.
            if (context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]") await next();
            else context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        });
        app.Run(context => context.Request.Path == Events ? StreamAsync(context, site) : AnswerAsync(context, site));
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new Refusal("preview.port_taken", $"Port {port} is taken; choose another with --port, or 0 for any that is free. ({taken.Message})");
        }
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, PreviewSite site)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        var path = context.Request.Path.Value!.TrimStart('/');
        if (path.Length > 0 && !path.EndsWith('/') && site.Find(path) is null && site.Find(path + "/index.html") is not null)
        {
            context.Response.Redirect("/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + "/");
            return;
        }
        var file = path.Length == 0 || path.EndsWith('/') ? path + "index.html" : path;
        var bytes = site.Find(file);
        if (bytes is null) (bytes, file, context.Response.StatusCode) = (site.Find("404.html") ?? "<!DOCTYPE html><title>Preview</title><body>"u8.ToArray(), "404.html", StatusCodes.Status404NotFound);
        context.Response.ContentType = Types.TryGetContentType(file, out var type) ? type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type : "application/octet-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(bytes.Value, context.RequestAborted);
        if (file.EndsWith(".html", StringComparison.Ordinal)) await context.Response.Body.WriteAsync(LiveScript, context.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext context, PreviewSite site)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var changed = site.Changed;
            if (site.Failure is { } failure) await SendAsync(context, "failure", System.Text.Json.JsonEncodedText.Encode(failure).ToString());
            else await context.Response.WriteAsync(": ready\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await changed.WaitAsync(context.RequestAborted);
            if (site.Failure is not null) continue;
            await SendAsync(context, "reload", "");
            return;
        }
    }

    private static async Task SendAsync(HttpContext context, string name, string data)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: \"{data}\"\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
