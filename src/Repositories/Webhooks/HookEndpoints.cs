using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Repositories.Connected;

namespace Rialto.Repositories.Webhooks;

/// <summary>
/// Where forges deliver. A delivery is proved, kept, and its reading asked for, all in one short transaction; what it means is found out
/// afterwards, so that the answer never waits for anybody.
/// </summary>
internal static class HookEndpoints
{
    /// <summary>How long a sender that sent too much should wait, in seconds; then the forge is asked where its branches stand.</summary>
    public const int WindowSeconds = 60;

    private static readonly Counter<long> Taken = RialtoTelemetry.Meter.CreateCounter<long>("rialto.hooks.deliveries", "{delivery}", "Deliveries of forges");

    // Of a hook that does not exist and of a wrong signature the same is said: addresses of hooks cannot be guessed by asking.
    private static Refusal Refused => new("hooks.not_proved", "The signature is not that of this hook; enter its secret at the forge again, or renew it.", 401);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/hooks/{tenant:guid}/{repository:guid}", (RequestDelegate)(http => AnswerAsync(http, OfRepositoryAsync))).ExcludeFromDescription();

    /// <summary>Runs one delivery and answers what came of it, or the refusal.</summary>
    internal static async Task AnswerAsync(HttpContext http, Func<HttpContext, Task<string>> take)
    {
        string outcome;
        try
        {
            outcome = await take(http);
            // The browser that came back is sent on; it is told nothing else.
            if (outcome.Length == 0) return;
            http.Response.StatusCode = outcome == "taken" ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
            await http.Response.WriteAsync(outcome, http.RequestAborted);
        }
        catch (Refusal refusal)
        {
            outcome = refusal.Code;
            http.Response.StatusCode = refusal.Status;
            if (refusal.Status == StatusCodes.Status429TooManyRequests) http.Response.Headers.RetryAfter = $"{WindowSeconds}";
            http.Response.ContentType = Problem.ContentType;
            var problem = new Problem { Type = "urn:rialto:refusal:" + refusal.Code, Title = refusal.Code, Status = refusal.Status, Detail = refusal.Message, Code = refusal.Code, Details = refusal.Details };
            await http.Response.WriteAsync(JsonSerializer.Serialize(problem, RepositoriesJson.Default.Problem), http.RequestAborted);
        }
        Taken.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
    }

    private static async Task<string> OfRepositoryAsync(HttpContext http)
    {
        var parts = new HookParts(http);
        var tenant = new TenantId(Guid.Parse((string)http.Request.RouteValues["tenant"]!));
        var repository = Guid.Parse((string)http.Request.RouteValues["repository"]!);
        var hook = Hook.Read(http.Request.Headers);
        var body = await HookBody.ReadAsync(http.Request, parts.Options.MostDeliveryBytes, http.RequestAborted);

        await using var session = await parts.Database.BeginAsync(tenant, http.RequestAborted);
        (session.Actor, session.Operation) = ("hook:" + hook.Provider, "hooks.deliver");
        var secret = await parts.Secrets.HookSecretAsync(session, repository, http.RequestAborted) ?? throw Refused;
        if (!HookSignature.IsRight(hook, http.Request.Headers, body, secret, parts.Time.GetUtcNow())) throw Refused;
        return await KeepAsync(session, "repository:" + repository.ToString("N"), repository, hook, body, parts.Options, http.RequestAborted);
    }

    /// <summary>Keeps a proved delivery. Of a sender that sends too much only that something happened is remembered, and the forge is asked later.</summary>
    /// <exception cref="Refusal"><c>hooks.too_many</c>.</exception>
    internal static async Task<string> KeepAsync(TenantSession session, string sender, Guid? repository, Hook hook, byte[] body, RepositoriesOptions options, CancellationToken cancel)
    {
        var isFull = await Deliveries.IsFullAsync(session, sender, options.MostDeliveriesPerMinute, cancel);
        var isNew = !isFull && await Deliveries.KeepAsync(session, sender, repository, hook, body, cancel);
        if (isFull && repository is { } known) await session.AskForLookAsync(known, DateTimeOffset.UtcNow.AddSeconds(options.LookAfterFloodSeconds), cancel);
        if (isNew) await session.EnqueueAsync(TakeDeliveries.Kind, new TakeDeliveries(sender), new JobRequest { DedupeKey = sender, ExclusiveKey = sender, Priority = QueuePriority.High }, cancel);
        if (isFull || isNew) await session.CommitAsync(CancellationToken.None);
        return isFull ? throw new Refusal("hooks.too_many", $"More than {options.MostDeliveriesPerMinute} deliveries came in a minute; nothing is lost, the branches are looked at by themselves.", 429)
            : isNew ? "taken" : "known already";
    }
}
