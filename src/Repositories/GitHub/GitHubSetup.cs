using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>
/// The way of an installation: begun here, agreed to on GitHub, completed by the browser that comes back with the state. The number it
/// brings is not believed by itself, or whoever guesses one would get another's repositories.
/// </summary>
internal sealed class GitHubSetup(Database database, TenantSettings settings, GitHubApi api, TimeProvider time)
{
    private const int StateBytes = 32, StateHours = 1;

    /// <summary>Where to send the browser.</summary>
    /// <exception cref="Refusal"><c>github.app_missing</c>.</exception>
    public async Task<Uri> BeginAsync(TenantSession session, CancellationToken cancel)
    {
        var app = await GitHubApp.FindAsync(settings, session, cancel) is { Slug.Length: > 0 } found ? found : throw GitHubApp.Missing();
        var word = RandomNumberGenerator.GetBytes(StateBytes);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "delete from repositories.setups where tenant_id = @tenant and created_at < now() - interval '1 day'; insert into repositories.setups (digest, actor) values (@digest, @Actor)",
            new { tenant = session.Tenant.Value, digest = SHA256.HashData(word), session.Actor }, cancellationToken: cancel));
        // The organisation stands in it, so that coming back needs no look across organisations.
        var state = session.Tenant.Value.ToString("N") + "." + Base64Url.EncodeToString(word);
        return new Uri(app.Web, $"apps/{app.Slug}/installations/new?state={state}");
    }

    /// <summary>Completes it. The state holds once.</summary>
    /// <param name="state">As <see cref="BeginAsync"/> gave it.</param>
    /// <param name="number">GitHub's number of the installation, as the browser brings it.</param>
    /// <param name="code">Proves the user's account, where the app asks for it.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal"><c>github.state_unknown</c>, <c>github.not_proved</c>, and those of <see cref="Installations.Require"/>.</exception>
    public async Task<(TenantId Tenant, Installation Installation)> CompleteAsync(string? state, long number, string? code, CancellationToken cancel)
    {
        var (tenant, digest) = Read(state);
        DateTime begunAt;
        string actor;
        GitHubApp app;
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            var begun = await session.Connection.QuerySingleOrDefaultAsync<(DateTime At, string Actor)?>(new CommandDefinition(
                "delete from repositories.setups where tenant_id = @tenant and digest = @digest returning created_at, actor", new { tenant = tenant.Value, digest }, cancellationToken: cancel));
            if (begun is null || begun.Value.At < time.GetUtcNow().UtcDateTime.AddHours(-StateHours)) throw Unknown();
            (begunAt, actor) = begun.Value;
            app = await GitHubApp.FindAsync(settings, session, cancel) ?? throw GitHubApp.Missing();
            await session.CommitAsync(cancel);
        }
        var told = await api.SendAsync("app:" + app.Id, new Uri(app.Api, $"app/installations/{number}"), app.Token(time.GetUtcNow()), cancel: cancel);
        if ((string?)told["app_id"]?.ToString() is { } of && of != app.Id) throw NotProved();
        await ProveAsync(app, told, number, code, begunAt, cancel);
        Installations.Require(told);
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            (session.Actor, session.Operation) = (actor, "repositories.complete_github");
            var installation = await Installations.KeepAsync(session, app, told, cancel);
            await session.EnqueueAsync(SyncInstallation.Kind, new SyncInstallation(installation.Id), SyncInstallation.Once(installation.Id), cancel);
            await session.CommitAsync(cancel);
            return (tenant, installation);
        }
    }

    // With a client secret: the user's own list of installations holds it. Without: it was made after we sent the browser off.
    private async Task ProveAsync(GitHubApp app, JsonNode told, long number, string? code, DateTime begunAt, CancellationToken cancel)
    {
        if (app.ClientSecret.Length == 0)
        {
            // GitHub's times have whole seconds.
            if (Installations.MadeAt(told) < new DateTimeOffset(begunAt, TimeSpan.Zero).AddSeconds(-2)) throw NotProved();
            return;
        }
        var answer = await api.SendAsync("app:" + app.Id, new Uri(app.Web, "login/oauth/access_token"), null, HttpMethod.Post,
            new JsonObject { ["client_id"] = app.ClientId, ["client_secret"] = app.ClientSecret, ["code"] = code ?? throw NotProved() }, cancel);
        var token = (string?)answer["access_token"] ?? throw NotProved();
        for (var page = 1; page <= 20; page++)
        {
            var mine = await api.SendAsync("app:" + app.Id, new Uri(app.Api, $"user/installations?per_page=100&page={page}"), token, cancel: cancel);
            var items = mine["installations"] as JsonArray ?? [];
            if (items.Any(one => one?["id"]?.GetValue<long>() == number)) return;
            if (items.Count < 100) break;
        }
        throw NotProved();
    }

    private static (TenantId, byte[]) Read(string? state)
    {
        if (state?.Split('.') is not [{ Length: 32 } tenant, { Length: > 0 and <= 100 } word] || !Guid.TryParseExact(tenant, "N", out var id) || !Base64Url.IsValid(word)) throw Unknown();
        return (new TenantId(id), SHA256.HashData(Base64Url.DecodeFromChars(word)));
    }

    private static Refusal Unknown() => new("github.state_unknown", "This installation was not begun here, or more than an hour ago; begin it again from the page of repositories.", 403);

    private static Refusal NotProved() => new("github.not_proved", "GitHub does not show that this installation is yours; remove it on GitHub and begin again from the page of repositories.", 403);
}
