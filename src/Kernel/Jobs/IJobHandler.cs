using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Kernel;

/// <summary>
/// Does one kind of job. It may be run again after a crash: what it writes through <see cref="Job.CompleteAsync"/> happens
/// exactly once, everything else must bear being done twice. A <see cref="Refusal"/> ends the job for good unless its status
/// says that another try may help (429, 503; its detail <c>retryAfterSeconds</c> is waited for); any other exception brings it again later.
/// </summary>
public interface IJobHandler<T>
{
    /// <summary>Does it. The token is cancelled when the time is over, the job is cancelled, its lease is lost or the node stops.</summary>
    Task HandleAsync(T payload, Job job, CancellationToken cancel);
}

/// <summary>A kind of job this node can do.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="RunAsync">Reads the payload and does it.</param>
public sealed record JobHandler(string Kind, string Queue, Func<IServiceProvider, string, Job, CancellationToken, Task> RunAsync)
{
    /// <summary>Does <paramref name="kind"/> with <typeparamref name="THandler"/>, made anew for each attempt from its own scope.</summary>
    public static JobHandler For<T, THandler>(JobKind<T> kind) where THandler : IJobHandler<T> => new(kind.Name, kind.Queue, async (services, payload, job, cancel) =>
    {
        var handler = ActivatorUtilities.CreateInstance<THandler>(services);
        await handler.HandleAsync(JsonSerializer.Deserialize(payload, kind.Json)!, job, cancel);
    });

    /// <summary>Does <paramref name="kind"/> with a function.</summary>
    public static JobHandler For<T>(JobKind<T> kind, Func<T, Job, CancellationToken, Task> run) =>
        new(kind.Name, kind.Queue, (_, payload, job, cancel) => run(JsonSerializer.Deserialize(payload, kind.Json)!, job, cancel));
}
