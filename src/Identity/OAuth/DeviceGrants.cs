using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>Letting in a program that has no browser (RFC 8628): it shows a short code, a person enters it here, the program asks until it is done.</summary>
internal sealed class DeviceGrants(Database database, SettingLayers settings, TimeProvider clock)
{
    public const string Path = "/oauth/device", Page = "/device", GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    // Consonants that no two eyes confuse, so no word comes out: 20^8 is 2^34.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";
    private const int CodeLetters = 8, IntervalSeconds = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (RequestDelegate)(http => Of(http).BeginAsync(http)));

        static DeviceGrants Of(HttpContext http) => (DeviceGrants)http.RequestServices.GetService(typeof(DeviceGrants))!;
    }

    /// <summary>The code as it is kept: what a person types may have spaces, hyphens and small letters.</summary>
    public static string Normal(string typed) => new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterUpper)]);

    /// <summary>Takes what was approved, once.</summary>
    /// <exception cref="OAuthError"><c>authorization_pending</c>, <c>slow_down</c>, <c>access_denied</c>, <c>expired_token</c>, <c>invalid_grant</c>.</exception>
    public async Task<ApprovedDevice> TakeAsync(App app, string deviceCode, CancellationToken cancel)
    {
        var (hash, now) = (SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(deviceCode)), clock.GetUtcNow());
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var row = await platform.Connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select app_id as "App", scopes, state, organisation_id as "Organisation", account_id as "Account", subject, interval_seconds as "IntervalSeconds", polled_at as "PolledAt", expires_at as "ExpiresAt"
            from identity.device_grants where tenant_id = kernel.current_tenant() and hash = @hash for update
            """, new { hash }, cancellationToken: cancel));
        if (row is null || row.App != app.Id || row.State == "used") throw new OAuthError("invalid_grant", "This device code is not known.");
        if (row.ExpiresAt <= now.UtcDateTime) throw new OAuthError("expired_token", "This device code is too old; begin again.");
        var isHasty = row.PolledAt is { } before && now.UtcDateTime - before < TimeSpan.FromSeconds(row.IntervalSeconds);
        await platform.Connection.ExecuteAsync(new CommandDefinition(
            """
            update identity.device_grants set polled_at = @now, interval_seconds = interval_seconds + @more, state = case when state = 'approved' and not @isHasty then 'used' else state end
            where tenant_id = kernel.current_tenant() and hash = @hash
            """, new { hash, now, more = isHasty ? IntervalSeconds : 0, isHasty }, cancellationToken: cancel));
        await platform.CommitAsync(CancellationToken.None);
        if (isHasty) throw new OAuthError("slow_down", $"Ask every {row.IntervalSeconds + IntervalSeconds} seconds from now on.");
        return row.State switch
        {
            "approved" => new ApprovedDevice(new TenantId(row.Organisation!.Value), row.Account!.Value, row.Subject!, row.Scopes),
            "denied" => throw new OAuthError("access_denied", "The person did not let the program in."),
            _ => throw new OAuthError("authorization_pending", "Nobody has entered the code yet."),
        };
    }

    private Task BeginAsync(HttpContext http) => OAuthHttp.AnswerAsync(http, (form, cancel) => BeginAsync(http, form, cancel));

    private async Task<JsonObject?> BeginAsync(HttpContext http, Dictionary<string, string> form, CancellationToken cancel)
    {
        var app = await AppStore.AuthenticateAsync(database, form, http.Request.Headers.Authorization, cancel);
        var scopes = app.Asked(form.GetValueOrDefault("scope"));
        var (secret, code, now) = (Secret.New(), RandomNumberGenerator.GetString(Letters, CodeLetters), clock.GetUtcNow());
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        await platform.Connection.ExecuteAsync(new CommandDefinition(
            """
            delete from identity.device_grants where tenant_id = kernel.current_tenant() and expires_at < @old;
            insert into identity.device_grants (hash, user_code, app_id, scopes, interval_seconds, expires_at) values (@Hash, @code, @Id, @list, @IntervalSeconds, @end);
            """, new { secret.Hash, code, app.Id, list = scopes.ToArray(), IntervalSeconds, old = now.AddDays(-1), end = now + Life }, cancellationToken: cancel));
        await platform.CommitAsync(CancellationToken.None);
        var shown = code[..4] + "-" + code[4..];
        var page = (settings.Get(IdentitySettings.PublicUrl) is { Length: > 0 } url ? url.TrimEnd('/') : $"{http.Request.Scheme}://{http.Request.Host}") + Page;
        return new JsonObject
        {
            ["device_code"] = secret.Text, ["user_code"] = shown, ["verification_uri"] = page, ["verification_uri_complete"] = $"{page}?code={shown}",
            ["expires_in"] = (int)Life.TotalSeconds, ["interval"] = IntervalSeconds,
        };
    }

    private sealed class Row
    {
        public required Guid App { get; init; }

        public required string[] Scopes { get; init; }

        public required string State { get; init; }

        public Guid? Organisation { get; init; }

        public Guid? Account { get; init; }

        public string? Subject { get; init; }

        public required int IntervalSeconds { get; init; }

        public DateTime? PolledAt { get; init; }

        public required DateTime ExpiresAt { get; init; }
    }
}

/// <summary>What a person gave a device.</summary>
internal sealed record ApprovedDevice(TenantId Tenant, Guid Account, string Subject, IReadOnlyList<string> Scopes);
