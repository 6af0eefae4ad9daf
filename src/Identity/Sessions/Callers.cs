using Microsoft.AspNetCore.Http;
using Rialto.Identity.Tokens;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The caller of a request: by the key or access token in its <c>Authorization</c> header, otherwise by the cookie of a session. Both at once: the header, which no other site can make a browser send.</summary>
internal sealed class Callers(KeyCallers keys, AccessTokens tokens, SessionCallers sessions, SessionCookie cookie) : ICallerSource
{
    public ValueTask<Caller?> FindAsync(HttpContext request, CancellationToken cancel) =>
        request.Request.Headers.Authorization.ToString() switch
        {
            "" => BySessionAsync(request, cancel),
            // A signed token has dots, a key never.
            var header when header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Contains('.', StringComparison.Ordinal) => ByTokenAsync(header["Bearer ".Length..].Trim(), cancel),
            _ => keys.FindAsync(request, cancel),
        };

    private async ValueTask<Caller?> ByTokenAsync(string token, CancellationToken cancel) => await tokens.CallerAsync(token, cancel);

    private async ValueTask<Caller?> BySessionAsync(HttpContext request, CancellationToken cancel)
    {
        if (await sessions.FindAsync(request, cancel) is not { } who) return null;
        // What anybody may call changes nothing by the cookie's power; the operation itself looks where it comes from.
        if (!OwnPage.IsSafe(request) && request.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.IsOpen is not true)
            OwnPage.Require(request, cookie.Read(request)!, request.Request.Headers[OwnPage.Header]);
        return who.Caller;
    }
}
