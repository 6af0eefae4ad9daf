using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Kernel;

/// <summary>Who may open a live connection, and from which pages.</summary>
internal sealed class LiveAccess(SettingLayers settings)
{
    /// <summary>Pages elsewhere that may connect.</summary>
    public static readonly Setting<string> Origins = Settings.Text(
        "live.origins", "", "Origins of pages elsewhere that may open live connections, as https://app.example.org, separated by spaces.", "origins as https://app.example.org, separated by spaces",
        text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(origin => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"));

    private static readonly object Key = new();
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);

    /// <summary>Puts both checks in front of a connection.</summary>
    public RequestDelegate Guard(RequestDelegate next) => async http =>
    {
        try
        {
            RequireOrigin(http);
            await AuthenticateAsync(http);
        }
        catch (Refusal refusal)
        {
            await Problem.WriteAsync(http, RefusalWords.In(RequestLanguage.Of(http), refusal, http.RequestServices.GetServices<Texts>()));
            return;
        }
        await next(http);
    };

    /// <summary>The caller, asked for anew when the last answer is older than a minute: a key that was revoked does not go on listening.</summary>
    /// <exception cref="Refusal">As the caller source refuses; <c>caller.unknown</c>.</exception>
    public async ValueTask<Caller> CallerAsync(HttpContext http) =>
        http.Items[Key] is Known known && DateTimeOffset.UtcNow - known.At < Trust ? known.Caller : await AuthenticateAsync(http);

    // A browser lets any page open a WebSocket to anywhere and sends our cookies along; only the Origin tells whose page it is.
    private void RequireOrigin(HttpContext http)
    {
        if (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin) return;
        if (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, HostOf(http.Request), StringComparison.OrdinalIgnoreCase)) return;
        if (settings.Get(Origins).Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(origin, StringComparer.OrdinalIgnoreCase)) return;
        throw new Refusal("live.origin_refused", "Pages of this origin may not open live connections; who runs the server can allow it by live.origins.", 403);
    }

    // As an Origin is written: without the port that its scheme implies.
    private static string HostOf(HttpRequest request) => request.Host.Port is 80 or 443 ? request.Host.Host : request.Host.Value ?? "";

    private static async Task<Caller> AuthenticateAsync(HttpContext http)
    {
        // A browser's WebSocket cannot send the header; clients of SignalR send the token as this part of the query.
        if (http.Request.Headers.Authorization.Count == 0 && http.Request.Query["access_token"].ToString() is { Length: > 0 } token) http.Request.Headers.Authorization = "Bearer " + token;
        var source = http.RequestServices.GetService<ICallerSource>();
        var caller = (source is null ? null : await source.FindAsync(http, http.RequestAborted))
            ?? throw new Refusal("caller.unknown", "Sign in, or send an API key as Authorization: Bearer ….", 401);
        http.Items[Key] = new Known(caller, DateTimeOffset.UtcNow);
        return caller;
    }

    private sealed record Known(Caller Caller, DateTimeOffset At);
}
