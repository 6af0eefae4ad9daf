using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rialto.Kernel;

/// <summary>What an operation says about itself before it runs: that it will end (RFC 9745, RFC 8594), and how much it reads.</summary>
internal static class Lifecycle
{
    public static void Tell(HttpContext http, Operation operation)
    {
        if (operation.MostBodyBytes is { } most && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most;
        if (operation.Deprecated is not { } end) return;
        // Refusals clear what was set before; they tell it too.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{end.Since.ToUnixTimeSeconds()}");
            http.Response.Headers["Sunset"] = end.Sunset.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
            if (end.Successor is { } next) http.Response.Headers.Append("Link", $"<{next}>; rel=\"successor-version\"");
            return Task.CompletedTask;
        });
    }
}
