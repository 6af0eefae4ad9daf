using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>
/// Decides whether a call may go on now: how often, how many at once, how busy the node is. The Kernel's own counts on one node; the
/// module Gateway puts one in its place that counts across nodes.
/// </summary>
public interface ICallGate
{
    /// <summary>Lets the call in, or refuses it. May set headers of the answer through <c>Response.OnStarting</c>: a refusal clears those set before.</summary>
    /// <param name="http">The request; of a call in process it has no connection.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="operation">What.</param>
    /// <param name="cancel">Cancels the waiting.</param>
    /// <exception cref="Refusal"><c>caller.too_often</c> (429) with <c>retryAfterSeconds</c>, or another one of the gate.</exception>
    ValueTask<CallVisit> EnterAsync(HttpContext http, Caller caller, Operation operation, CancellationToken cancel);
}

/// <summary>One call that was let in; told when it ends.</summary>
public class CallVisit
{
    /// <summary>A visit that nobody counts.</summary>
    public static CallVisit Uncounted { get; } = new();

    /// <summary>The call has ended, once, whatever came of it.</summary>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="took">From the start of the call.</param>
    public virtual void Leave(int status, TimeSpan took)
    {
    }
}
