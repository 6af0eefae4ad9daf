using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Identity.Tokens;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>Gives tokens (OAuth 2.1, 3.2): for a code, for a refresh token, for a device that was let in, for a program itself.</summary>
internal sealed class TokenEndpoint(Database database, AccessTokens tokens, TokenFamilies families, DeviceGrants devices, TimeProvider clock)
{
    public const string Path = "/oauth/token";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (RequestDelegate)(http => Of(http).GiveAsync(http)));

        static TokenEndpoint Of(HttpContext http) => (TokenEndpoint)http.RequestServices.GetService(typeof(TokenEndpoint))!;
    }

    private Task GiveAsync(HttpContext http) => OAuthHttp.AnswerAsync(http, (form, cancel) => GiveAsync(form, http.Request.Headers.Authorization, cancel));

    private async Task<JsonObject?> GiveAsync(Dictionary<string, string> form, string? authorization, CancellationToken cancel)
    {
        var app = await AppStore.AuthenticateAsync(database, form, authorization, cancel);
        return form.GetValueOrDefault("grant_type") switch
        {
            "authorization_code" => await ForCodeAsync(app, form, cancel),
            "refresh_token" => await ForRefreshAsync(app, form, cancel),
            "client_credentials" => await ForItselfAsync(app, form, cancel),
            DeviceGrants.GrantType => await ForDeviceAsync(app, form, cancel),
            _ => throw new OAuthError("unsupported_grant_type", "grant_type is authorization_code, refresh_token, client_credentials or the device code's."),
        };
    }

    private async Task<JsonObject> ForCodeAsync(App app, Dictionary<string, string> form, CancellationToken cancel)
    {
        if (CodeText.Parse(form.GetValueOrDefault("code")) is not { } code) throw NoCode();
        await using var session = await database.BeginAsync(code.Tenant, cancel);
        session.Actor = $"app:{app.Id}";
        var row = await session.Connection.QuerySingleOrDefaultAsync<CodeRow>(new CommandDefinition(
            """
            select app_id as "App", account_id as "Account", subject, scopes, redirect_uri as "RedirectUri", challenge, expires_at as "ExpiresAt", family_id as "Family"
            from identity.authorization_codes where tenant_id = kernel.current_tenant() and hash = @Hash for update
            """, new { code.Hash }, cancellationToken: cancel));
        if (row is null || row.App != app.Id) throw NoCode();
        if (row.Family is { } family)
        {
            // Shown twice: one of the two has stolen it, so what the first got ends as well (RFC 6749, 4.1.2).
            await families.EndAsync(session, family, "its code came twice", cancel);
            await session.CommitAsync(CancellationToken.None);
            throw NoCode();
        }
        if (row.ExpiresAt <= clock.GetUtcNow().UtcDateTime || form.GetValueOrDefault("redirect_uri", row.RedirectUri) != row.RedirectUri || !Pkce.IsProof(form.GetValueOrDefault("code_verifier"), row.Challenge)) throw NoCode();
        var begun = await families.BeginAsync(session, row.Account, row.Subject, app.Id, app.Name, row.Scopes, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update identity.authorization_codes set family_id = @Id where tenant_id = kernel.current_tenant() and hash = @Hash", new { begun.Id, code.Hash }, cancellationToken: cancel));
        await session.CommitAsync(CancellationToken.None);
        return await AnswerAsync(new TokenGrant(code.Tenant, row.Subject, row.Scopes, app.Id, begun.Id), begun.RefreshToken, cancel);
    }

    private async Task<JsonObject> ForRefreshAsync(App app, Dictionary<string, string> form, CancellationToken cancel)
    {
        var refreshed = await families.RefreshAsync(form.GetValueOrDefault("refresh_token", ""), app.Id, cancel);
        var asked = form.GetValueOrDefault("scope", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (asked.Except(refreshed.Grant.Scopes).FirstOrDefault() is { } more) throw new OAuthError("invalid_scope", $"{more} was not given.");
        return await AnswerAsync(asked.Length == 0 ? refreshed.Grant : refreshed.Grant with { Scopes = asked }, refreshed.RefreshToken, cancel);
    }

    private async Task<JsonObject> ForItselfAsync(App app, Dictionary<string, string> form, CancellationToken cancel)
    {
        if (app.SecretHash is null) throw new OAuthError("unauthorized_client", "A program without a secret cannot act for itself.");
        return await AnswerAsync(new TokenGrant(new TenantId(app.Organisation), $"app:{app.Id}", app.Asked(form.GetValueOrDefault("scope")), app.Id), null, cancel);
    }

    private async Task<JsonObject> ForDeviceAsync(App app, Dictionary<string, string> form, CancellationToken cancel)
    {
        var approved = await devices.TakeAsync(app, form.GetValueOrDefault("device_code", ""), cancel);
        await using var session = await database.BeginAsync(approved.Tenant, cancel);
        var begun = await families.BeginAsync(session, approved.Account, approved.Subject, app.Id, app.Name, approved.Scopes, cancel);
        await session.CommitAsync(CancellationToken.None);
        return await AnswerAsync(new TokenGrant(approved.Tenant, approved.Subject, approved.Scopes, app.Id, begun.Id), begun.RefreshToken, cancel);
    }

    private async Task<JsonObject> AnswerAsync(TokenGrant grant, string? refresh, CancellationToken cancel)
    {
        var answer = new JsonObject
        {
            ["access_token"] = await tokens.IssueAsync(grant, cancel), ["token_type"] = "Bearer", ["expires_in"] = (int)AccessTokens.Life.TotalSeconds, ["scope"] = string.Join(' ', grant.Scopes),
        };
        if (refresh is not null) answer["refresh_token"] = refresh;
        return answer;
    }

    private static OAuthError NoCode() => new("invalid_grant", "This code does not hold: it is used, too old, or of another program.");

    private sealed class CodeRow
    {
        public required Guid App { get; init; }

        public required Guid Account { get; init; }

        public required string Subject { get; init; }

        public required string[] Scopes { get; init; }

        public required string RedirectUri { get; init; }

        public required string Challenge { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public Guid? Family { get; init; }
    }
}
