using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>
/// Sends traces to a collector by OTLP when OpenTelemetry's own variables name one: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>,
/// with <c>…_PROTOCOL</c>, <c>…_HEADERS</c> and <c>OTEL_TRACES_SAMPLER</c> beside it. Otherwise nothing of it is loaded.
/// </summary>
internal static class TraceExport
{
    /// <summary>Begins to send; disposing sends what is left. Null when no collector is named.</summary>
    public static IDisposable? Start(Func<string, string?> environment) =>
        new[] { "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" }.Any(name => environment(name) is { Length: > 0 }) && environment("OTEL_SDK_DISABLED") != "true" ? Build() : null;

    // Apart, so that the libraries are loaded only when this is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TracerProvider Build() => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddService("rialto", serviceVersion: typeof(TraceExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}").AddEnvironmentVariableDetector())
        .AddSource(RialtoTelemetry.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build();
}
