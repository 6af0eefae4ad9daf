using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>
/// What browsers are told with every answer that does not say it better itself: to believe the type, to show data nowhere as a page, to keep
/// nothing of the interface, to stay with https. Pages bring their own policy and keep it.
/// </summary>
internal sealed class BrowserHeaders(RequestDelegate next, SettingLayers settings)
{
    private const string DataPolicy = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
    private readonly OpenOrigins origins = new(settings.Get(GatewaySettings.CorsOrigins));
    private readonly string? transport = settings.Get(GatewaySettings.Hsts) switch { "off" => null, "subdomains" => "max-age=31536000; includeSubDomains", _ => "max-age=31536000" };

    public Task InvokeAsync(HttpContext http)
    {
        var isApi = http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        http.Response.OnStarting(() =>
        {
            Tell(http, isApi);
            return Task.CompletedTask;
        });
        return isApi && OpenOrigins.IsQuestion(http.Request) ? origins.AnswerAsync(http) : next(http);
    }

    private void Tell(HttpContext http, bool isApi)
    {
        var headers = http.Response.Headers;
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
        headers.TryAdd("Content-Security-Policy", DataPolicy);
        if (transport is not null && http.Request.IsHttps) headers.TryAdd("Strict-Transport-Security", transport);
        if (!isApi) return;
        headers.TryAdd("Cache-Control", "no-store");
        if (!origins.Allow(http)) headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
    }
}
