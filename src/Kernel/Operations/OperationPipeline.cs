using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rialto.Kernel;

/// <summary>What happens around every operation, in this order and nowhere else.</summary>
internal static partial class OperationPipeline
{
    private static readonly System.Diagnostics.Metrics.Histogram<double> Durations =
        RialtoTelemetry.Meter.CreateHistogram<double>("rialto.operation.duration", "s", "Time of operations");

    private static Refusal TookTooLong(Operation operation) =>
        new("request.took_too_long", FormattableString.Invariant($"This took longer than {operation.TimeoutSeconds:0.###} seconds and was stopped; nothing was changed."), 503);

    private static Refusal Told => new("request.answer_told", "This was done by an earlier request with the same key; its answer is secret and was told once.", 409);

    public static async Task RunAsync(HttpContext http, Operation operation, RequestDelegate handle)
    {
        var began = Stopwatch.GetTimestamp();
        using var activity = RialtoTelemetry.Traces.StartActivity(operation.Name, ActivityKind.Server);
        var gone = http.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(gone);
        limit.CancelAfter(TimeSpan.FromSeconds(operation.TimeoutSeconds));
        http.RequestAborted = limit.Token;
        Lifecycle.Tell(http, operation);
        try
        {
            await RunStepsAsync(http, operation, handle);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var isLate = failure is OperationCanceledException && limit.IsCancellationRequested;
            var refusal = ToRefusal(isLate ? TookTooLong(operation) : failure, http);
            if (isLate) failure = refusal;
            if (refusal.Status >= 500 && failure is not Refusal) Logger(http, failure, operation.Name);
            activity?.SetStatus(refusal.Status >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset, refusal.Code);
            http.RequestAborted = gone;
            await Problem.WriteAsync(http, refusal);
        }
        http.RequestAborted = gone;
        var took = Stopwatch.GetElapsedTime(began);
        http.RequestServices.GetRequiredService<OperationScope>().Visit?.Leave(http.Response.StatusCode, took);
        Durations.Record(took.TotalSeconds,
            new KeyValuePair<string, object?>("operation", operation.Name), new KeyValuePair<string, object?>("status", http.Response.StatusCode));
    }

    private static async Task RunStepsAsync(HttpContext http, Operation operation, RequestDelegate handle)
    {
        var services = http.RequestServices;
        var cancel = http.RequestAborted;
        var scope = services.GetRequiredService<OperationScope>();
        var caller = scope.Known ?? (services.GetService<ICallerSource>() is { } source ? await source.FindAsync(http, cancel) : null)
            ?? (operation.IsOpen ? Caller.Anonymous(http.Connection.RemoteIpAddress) : throw new Refusal("caller.unknown", "Sign in, or send an API key as Authorization: Bearer ….", 401));
        scope.Visit = await services.GetRequiredService<ICallGate>().EnterAsync(http, caller, operation, cancel);
        var (database, audit) = (services.GetRequiredService<Database>(), services.GetRequiredService<AuditLog>());
        if (!operation.IsOpen && !caller.Allows(operation.Permission))
        {
            await OperationAudit.DeniedAsync(audit, http, caller, operation, database);
            throw new Refusal("caller.not_allowed", $"This needs the permission {operation.Permission}; ask an owner of the organisation for it.", 403)
            {
                Details = new Dictionary<string, string> { ["permission"] = operation.Permission },
            };
        }
        if (operation.NeedsConfirmation && caller.ConfirmedUntil != DateTimeOffset.MaxValue && caller.ConfirmedUntil < (services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow())
            throw new Refusal("caller.confirmation_needed", "Prove once more that it is you (identity.confirm), then repeat this.", 403);
        if (operation.ReadsPersonalData && !operation.Changes) await OperationAudit.LookedAtAsync(audit, http, caller, operation, database);

        var tenant = operation.OnPlatform ? TenantId.Platform : caller.Tenant;
        await using var session = operation.Changes ? await database.BeginAuditedAsync(tenant, cancel) : await database.BeginAsync(tenant, cancel);
        (session.Actor, session.Operation) = (caller.Subject, operation.Name);
        scope.Open(caller, session);
        // Holds for what runs inside this method, and ends with it.
        PersonalMask.Begin(caller, operation);
        if (operation.Changes) await ChangeAsync(http, operation, caller, session, handle);
        else
        {
            await handle(http);
            if (!http.Response.HasStarted) RequireBound(http.Response.StatusCode, isEmpty: true);
        }
    }

    // Some parameters that cannot be read are answered by generated code with a bare status; callers get our words for it.
    private static void RequireBound(int status, bool isEmpty)
    {
        if (status == 400 && isEmpty) throw new Refusal("request.malformed", "A part of the address cannot be read: a number or an id has the wrong form.", 400);
    }

    private static async Task ChangeAsync(HttpContext http, Operation operation, Caller caller, TenantSession session, RequestDelegate handle)
    {
        var services = http.RequestServices;
        var keys = await IdempotentCall.BeginAsync(http, caller, session, services.GetRequiredService<OperationOptions>());
        if (keys?.Stored is { } stored)
        {
            await stored.WriteAsync(http);
            return;
        }
        var answer = await BufferedAnswer.RunAsync(http, handle, async failure =>
        {
            if (keys is not null) await keys.KeepRefusalAsync(services.GetRequiredService<Database>(), ToRefusal(failure, http), http);
        });
        RequireBound(answer.Status, answer.Body.IsEmpty);
        if (answer.Status >= 400)
        {
            await answer.WriteAsync(http);
            return;
        }
        if (keys is not null) await keys.KeepAsync(operation.AnswersOnce ? Problem.ToAnswer(Told) : answer, http.RequestAborted);
        await OperationAudit.ChangedAsync(services.GetRequiredService<AuditLog>(), http, caller, session, operation, answer);
        // From here on the caller's going away must not undo what is about to be true.
        await session.CommitAsync(CancellationToken.None);
        await answer.WriteAsync(http);
    }

    // In the words of the caller's language, where there are such words; the code stays.
    private static Refusal ToRefusal(Exception failure, HttpContext http) =>
        RefusalWords.In(RequestLanguage.Of(http), ToOurs(failure, http), http.RequestServices.GetServices<Texts>());

    private static Refusal ToOurs(Exception failure, HttpContext http) => failure switch
    {
        Refusal refusal => refusal,
        BadHttpRequestException { StatusCode: 413 } => new Refusal("request.too_large", "The request is too large.", 413),
        BadHttpRequestException bad => new Refusal("request.malformed", Words(bad), bad.StatusCode),
        _ => Bug(Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier),
    };

    private static Refusal Bug(string trace) =>
        new("bug", $"This is a fault of ours and has been recorded; name {trace} when you report it.", 500) { Details = new Dictionary<string, string> { ["trace"] = trace } };

    private static string Words(BadHttpRequestException bad) => bad.InnerException is System.Text.Json.JsonException json
        ? $"The body is not what this operation takes: {json.Message.Split(". Path")[0]} at {json.Path ?? "$"}."
        : $"The request cannot be read: {bad.Message}";

    private static void Logger(HttpContext http, Exception failure, string operation) =>
        OperationFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Rialto.Operations"), failure, operation);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Operation} failed by a bug")]
    private static partial void OperationFailed(ILogger logger, Exception failure, string operation);
}
