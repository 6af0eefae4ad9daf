using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Identity.Tokens;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>Tells whether a token holds (RFC 7662) and ends one (RFC 7009), for the program it was given to.</summary>
internal sealed class TokenFacts(Database database, AccessTokens tokens, TokenFamilies families)
{
    public const string IntrospectionPath = "/oauth/introspect", RevocationPath = "/oauth/revoke";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(IntrospectionPath, (RequestDelegate)(http => Of(http).TellAsync(http)));
        routes.MapPost(RevocationPath, (RequestDelegate)(http => Of(http).EndAsync(http)));

        static TokenFacts Of(HttpContext http) => (TokenFacts)http.RequestServices.GetService(typeof(TokenFacts))!;
    }

    private Task TellAsync(HttpContext http) => OAuthHttp.AnswerAsync(http, (form, cancel) => TellAsync(form, http.Request.Headers.Authorization, cancel));

    private Task EndAsync(HttpContext http) => OAuthHttp.AnswerAsync(http, (form, cancel) => EndAsync(form, http.Request.Headers.Authorization, cancel));

    private async Task<JsonObject?> TellAsync(Dictionary<string, string> form, string? authorization, CancellationToken cancel)
    {
        var app = await AppStore.AuthenticateAsync(database, form, authorization, cancel);
        if (app.SecretHash is null) throw new OAuthError("invalid_client", "Only a program with a secret may ask about tokens.", 401);
        var text = form.GetValueOrDefault("token") ?? throw new OAuthError("invalid_request", "Send token.");
        var inactive = new JsonObject { ["active"] = false };
        if (RefreshToken.Parse(text) is { } refresh)
        {
            await using var session = await database.BeginAsync(refresh.Tenant, cancel);
            if (await families.LookAsync(session, refresh, cancel) is not { Holds: true } found || found.App != app.Id) return inactive;
            return new JsonObject
            {
                ["active"] = true, ["scope"] = string.Join(' ', found.Scopes), ["client_id"] = app.Id.ToString(), ["sub"] = found.Subject,
                ["exp"] = new DateTimeOffset(found.ExpiresAt, TimeSpan.Zero).ToUnixTimeSeconds(), ["token_type"] = "refresh_token",
            };
        }
        // Of another program's tokens it learns nothing, not even that they exist.
        if (await ReadAsync(text, cancel) is not { } claims || claims.Text("client_id") != app.Id.ToString() || await IsEndedAsync(claims, cancel)) return inactive;
        return new JsonObject
        {
            ["active"] = true, ["scope"] = claims.Text("scope"), ["client_id"] = app.Id.ToString(), ["sub"] = claims.Text("sub"), ["exp"] = claims.Time("exp")!.Value.ToUnixTimeSeconds(),
            ["iat"] = claims.Time("iat")?.ToUnixTimeSeconds(), ["iss"] = claims.Text("iss"), ["aud"] = claims.Text("iss"), ["jti"] = claims.Text("jti"), ["token_type"] = "Bearer",
        };
    }

    private async Task<JsonObject?> EndAsync(Dictionary<string, string> form, string? authorization, CancellationToken cancel)
    {
        var app = await AppStore.AuthenticateAsync(database, form, authorization, cancel);
        var text = form.GetValueOrDefault("token") ?? throw new OAuthError("invalid_request", "Send token.");
        // Whatever was sent, the answer is the same: it does not hold now.
        if (RefreshToken.Parse(text) is { } refresh)
        {
            await using var session = await database.BeginAsync(refresh.Tenant, cancel);
            if (await families.LookAsync(session, refresh, cancel) is { } found && found.App == app.Id) await EndFamilyAsync(session, refresh.Family, cancel);
        }
        else if (await ReadAsync(text, cancel) is { } claims && claims.Text("client_id") == app.Id.ToString() && Guid.TryParse(claims.Text("fam"), out var family) && Guid.TryParse(claims.Text("tid"), out var tenant))
        {
            await using var session = await database.BeginAsync(new TenantId(tenant), cancel);
            await EndFamilyAsync(session, family, cancel);
        }
        return null;
    }

    private async Task EndFamilyAsync(TenantSession session, Guid family, CancellationToken cancel)
    {
        await families.EndAsync(session, family, "given back by its program", cancel);
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task<bool> IsEndedAsync(TokenClaims claims, CancellationToken cancel)
    {
        if (!Guid.TryParse(claims.Text("fam"), out var family) || !Guid.TryParse(claims.Text("tid"), out var tenant)) return false;
        await using var session = await database.BeginAsync(new TenantId(tenant), cancel);
        return await families.IsEndedAsync(session, family, cancel);
    }

    private async Task<TokenClaims?> ReadAsync(string text, CancellationToken cancel)
    {
        try
        {
            return await tokens.ClaimsAsync(text, cancel);
        }
        catch (Refusal)
        {
            return null;
        }
    }
}
