using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories.Connected;
using Rialto.Repositories.Webhooks;

namespace Rialto.Repositories.GitHub;

/// <summary>Where GitHub and browsers that come back from it arrive, and where an installation is begun.</summary>
internal static class GitHubEndpoints
{
    private const string Page = "/repositories";

    private static Refusal Refused => new("hooks.not_proved", "The signature is not that of the app's webhook secret; enter the same one on GitHub and in repositories.github_webhook_secret.", 401);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/repositories/github/installations", Begin).As(new Operation("repositories.begin_github", "repositories.write", "Begins to install the GitHub App; the answer says where the browser goes.")
        {
            Changes = true, MostPerMinute = 60, Refusals = [new RefusalNote("github.app_missing", 409, "no GitHub App is set")],
        });
        routes.MapGet("/hooks/github/setup", (RequestDelegate)CompleteAsync).ExcludeFromDescription();
        // The server's app delivers to the first address, an organisation's own to the second.
        routes.MapPost("/hooks/github", (RequestDelegate)(http => HookEndpoints.AnswerAsync(http, DeliverAsync))).ExcludeFromDescription();
        routes.MapPost("/hooks/github/{tenant:guid}", (RequestDelegate)(http => HookEndpoints.AnswerAsync(http, DeliverAsync))).ExcludeFromDescription();
    }

    private static async Task<Created<InstallationBegun>> Begin(TenantSession session, GitHubSetup setup, CancellationToken cancel)
    {
        var begun = new InstallationBegun { Url = (await setup.BeginAsync(session, cancel)).AbsoluteUri };
        return TypedResults.Created(begun.Url, begun);
    }

    private static Task CompleteAsync(HttpContext http) => HookEndpoints.AnswerAsync(http, async _ =>
    {
        var query = http.Request.Query;
        // Who changes the selection on GitHub comes back without a state; the webhook tells what changed.
        if (query["setup_action"] == "update" && query["state"].Count == 0)
        {
            http.Response.Redirect(Page);
            return "";
        }
        if (!long.TryParse(query["installation_id"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
            throw new Refusal("github.state_unknown", "GitHub's answer names no installation; begin again from the page of repositories.", 400);
        await http.RequestServices.GetRequiredService<GitHubSetup>().CompleteAsync(query["state"], number, query["code"], http.RequestAborted);
        http.Response.Redirect(Page);
        return "";
    });

    private static async Task<string> DeliverAsync(HttpContext http)
    {
        var parts = new HookParts(http);
        var cancel = http.RequestAborted;
        var settings = http.RequestServices.GetRequiredService<TenantSettings>();
        TenantId? tenant = http.Request.RouteValues["tenant"] is string text ? new TenantId(Guid.Parse(text)) : null;
        var hook = Hook.Read(http.Request.Headers) is { Provider: "github" } github ? github : throw Refused;
        var body = await HookBody.ReadAsync(http.Request, parts.Options.MostDeliveryBytes, cancel);
        string app;
        await using (var session = await parts.Database.BeginAsync(tenant ?? TenantId.Platform, cancel))
        {
            var set = await GitHubApp.FindAsync(settings, session, cancel) is { WebhookSecret.Length: > 0 } found ? found : throw Refused;
            if (!HookSignature.IsRight(hook, http.Request.Headers, body, System.Text.Encoding.UTF8.GetBytes(set.WebhookSecret), parts.Time.GetUtcNow())) throw Refused;
            app = set.Id;
        }
        return await KeepAsync(parts, hook, body, tenant, app, cancel);
    }

    private static async Task<string> KeepAsync(HookParts parts, Hook hook, byte[] body, TenantId? tenant, string app, CancellationToken cancel)
    {
        var (installation, repository) = Read(body);
        if (installation is null) return "nothing to do";
        if (tenant is null)
        {
            await using var platform = await parts.Database.BeginAsync(TenantId.Platform, cancel);
            tenant = await Installations.OwnerAsync(platform, app, installation.Value, cancel);
        }
        // GitHub tells of an installation before the browser is back; then it is not ours yet, and all of it is asked for when it is.
        if (tenant is not { } owner) return "nothing to do";
        await using var session = await parts.Database.BeginAsync(owner, cancel);
        (session.Actor, session.Operation) = ("hook:github", "hooks.deliver");
        if (await Installations.FindAsync(session, installation.Value, cancel) is null) return "nothing to do";
        var known = repository is null ? null : await RepositoryStore.TryFindByNumberAsync(session, "github", repository, cancel);
        return await HookEndpoints.KeepAsync(session, FormattableString.Invariant($"installation:{installation}"), known?.Id, hook, body, parts.Options, cancel);
    }

    private static (long? Installation, string? Repository) Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return (PushMessage.Number(PushMessage.Child(root, "installation"), "id") is { } number ? long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : null, PushMessage.Number(PushMessage.Child(root, "repository"), "id"));
        }
        catch (JsonException)
        {
            throw new Refusal("hooks.not_json", "The delivery is not JSON; set the webhook's content type to application/json.", 400);
        }
    }
}

/// <summary>An installation that was begun.</summary>
internal sealed record InstallationBegun
{
    /// <summary>GitHub's page where the app is installed; open it in the browser within the hour.</summary>
    public required string Url { get; init; }
}
