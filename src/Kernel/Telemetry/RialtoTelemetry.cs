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

    /// <summary>The running span in W3C form, to be kept with work that goes on elsewhere; null outside any.</summary>
    public static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Starts a span that continues the one kept in <paramref name="traceParent"/>.</summary>
    public static Activity? Continue(string name, string? traceParent) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Traces.StartActivity(name, ActivityKind.Consumer, parent)
            : Traces.StartActivity(name, ActivityKind.Consumer);
}
