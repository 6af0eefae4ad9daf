using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Sends a request to a target that may be called, again to another one when that is safe and the budget allows it, and hands the answer back.</summary>
internal sealed class Forwarder(OutgoingHttp http, Balancers balancers)
{
    public async Task SendAsync(HttpContext context, OpenRoute open)
    {
        var cancel = context.RequestAborted;
        var outgoing = await OutgoingShape.RequestAsync(context.Request, open, cancel);
        var balancer = balancers.Of(open.Route);
        balancer.CountCall();
        var tried = new HashSet<Target>();
        var mayRepeat = context.Request.Method is "GET" or "HEAD" or "PUT" or "DELETE";
        for (var attempt = 0; ; attempt++)
        {
            var target = balancer.Pick(tried) ?? (tried.Count > 0 ? balancer.Pick(new HashSet<Target>()) : null)
                ?? throw new Refusal("gateway.service_down", "None of the route's services answers just now; try again in a few seconds.", 503) { Details = new Dictionary<string, string> { ["retryAfterSeconds"] = "5" } };
            tried.Add(target);
            var (answer, refusal) = await TryAsync(target, outgoing, open.Route.TimeoutSeconds, cancel);
            var isGood = answer is { Status: not (502 or 503 or 504) };
            var isLast = isGood || attempt >= open.Route.Retries || !mayRepeat || !balancer.MayRetry();
            if (answer is not null && isLast)
            {
                await OutgoingShape.AnswerAsync(context.Response, answer, open.Route.Answer, cancel);
                return;
            }
            // What the guard or the size refused would be refused anywhere.
            if (refusal is not null && (isLast || refusal.Code is not ("outgoing.unreachable" or "outgoing.timeout"))) throw AsGateway(refusal);
        }
    }

    private async Task<(OutgoingAnswer? Answer, Refusal? Refusal)> TryAsync(Target target, Func<string, OutgoingRequest> outgoing, double timeoutSeconds, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(timeoutSeconds));
        target.Enter();
        try
        {
            var answer = await http.SendAsync(outgoing(target.Address), limit.Token);
            if (answer.Status is 502 or 503 or 504) target.Circuit.Failed();
            else target.Circuit.Succeeded();
            return (answer, null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            target.Circuit.Failed();
            return (null, new Refusal("outgoing.timeout", "The service took too long.", 503));
        }
        catch (Refusal refusal)
        {
            if (refusal.Code is "outgoing.unreachable" or "outgoing.timeout") target.Circuit.Failed();
            else target.Circuit.Unknown();
            return (null, refusal);
        }
        catch (OperationCanceledException)
        {
            target.Circuit.Unknown();
            throw;
        }
        finally
        {
            target.Leave();
        }
    }

    private static Refusal AsGateway(Refusal refusal) => refusal.Code switch
    {
        "outgoing.timeout" => new Refusal("gateway.service_slow", "The service behind this route took too long.", 504),
        "outgoing.unreachable" => new Refusal("gateway.service_unreachable", "The service behind this route cannot be reached.", 502),
        _ => new Refusal(refusal.Code, refusal.Message, 502),
    };
}
