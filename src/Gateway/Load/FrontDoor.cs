using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>
/// What stands before everything under <c>/api/</c>: a node that is full says so at once instead of becoming slow for all, bodies have a
/// limit, an address that guesses keys is stopped before the guess is looked up, and an address that is none gets words.
/// </summary>
internal sealed class FrontDoor(RequestDelegate next, SettingLayers settings, Buckets buckets)
{
    private const string Api = "/api";
    private static readonly Rate Guesses = Rate.PerHour("guesses", 100, 50);
    private readonly int most = (int)settings.Get(GatewaySettings.MostAtOnce);
    private readonly long mostBody = settings.Get(GatewaySettings.MostBodyBytes);
    private int inside;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Api, StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        try
        {
            // Who has not said who they are is the first to wait outside.
            var isKnown = http.Request.Headers.Authorization.Count > 0 || http.Request.Headers.Cookie.Count > 0;
            if (Interlocked.Increment(ref inside) > (isKnown ? most : Math.Max(1, most * 4 / 5))) await Problem.WriteAsync(http, Busy);
            else await AdmitAsync(http, isKnown);
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    private static Refusal Busy => new("gateway.busy", "The server is busy just now; try again in a moment.", 503) { Details = new Dictionary<string, string> { ["retryAfterSeconds"] = "1" } };

    private async Task AdmitAsync(HttpContext http, bool isKnown)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = mostBody;
        var guesses = isKnown && ClientAddress.Of(http) is { } address ? buckets.Shared($"guesses {ClientAddress.BucketOf(address)}", Guesses) : null;
        if (guesses is { IsClosed: true })
        {
            await Problem.WriteAsync(http, new Refusal("caller.guessing", "Too many wrong keys came from this address; wait a few minutes.", 429) { Details = new Dictionary<string, string> { ["retryAfterSeconds"] = "60" } });
            return;
        }
        await next(http);
        if (guesses is not null && http.Response.StatusCode == StatusCodes.Status401Unauthorized) await guesses.AskAsync(CancellationToken.None);
        if (http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && http.GetEndpoint() is null)
            await Problem.WriteAsync(http, new Refusal("request.address_unknown", "There is nothing at this address; /api/v1/operations lists what there is. The only version of the interface is v1.", 404));
    }
}
