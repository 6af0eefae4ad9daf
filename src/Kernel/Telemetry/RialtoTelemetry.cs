using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rialto.Kernel;

/// <summary>The one source of traces and the one meter; their names are what a collector subscribes to.</summary>
public static class RialtoTelemetry
{
    /// <summary>Name of both.</summary>
    public const string Name = "Rialto";

    /// <summary>Spans of operations, jobs, reactions to events and child processes.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>Instruments shown at <c>/metrics</c>.</summary>
    public static Meter Meter { get; } = new(Name);

    private static readonly Lazy<ActivityListener> Propagation = new(() =>
    {
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData };
        ActivitySource.AddActivityListener(listener);
        return listener;
    });

    /// <summary>From now on spans have identities, also when nobody collects them: a request's trace reaches its jobs and their child processes.</summary>
    public static void Propagate() => _ = Propagation.Value;

    /// <summary>The running span in W3C form, to be kept with work that goes on elsewhere; null outside any.</summary>
    public static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Starts a span that continues the one kept in <paramref name="traceParent"/>.</summary>
    public static Activity? Continue(string name, string? traceParent) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Traces.StartActivity(name, ActivityKind.Consumer, parent)
            : Traces.StartActivity(name, ActivityKind.Consumer);
}
