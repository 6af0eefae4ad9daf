using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests;

/// <summary>A collector that keeps what it is sent, over real HTTP.</summary>
public sealed class TraceExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_reach_the_collector_with_their_trace_through_operation_job_and_child()
    {
        var received = new List<byte[]>();
        await using var collector = await StartCollectorAsync(received);
        var trace = ActivityTraceId.CreateRandom();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            using var export = (TracerProvider)TraceExport.Start(Environment.GetEnvironmentVariable)!;
            using (var request = RialtoTelemetry.Traces.StartActivity("notes.write", ActivityKind.Server, new ActivityContext(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded)))
            {
                // A job keeps the span it was asked for in, and continues it when it runs, here or on another node.
                using var job = RialtoTelemetry.Continue("job notes.print", RialtoTelemetry.TraceParent);
                var child = await ChildProcess.RunAsync(new ChildCommand("sh", "-c", "printf %s \"$TRACEPARENT\""), cancel: Cancel);
                child.OutputText.ShouldContain(trace.ToHexString());
            }
            // The end waits for a few seconds only, which a loaded machine may not have.
            export.ForceFlush(120_000).ShouldBeTrue();
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }
        byte[] all;
        lock (received) all = [.. received.SelectMany(body => body)];
        var words = Encoding.Latin1.GetString(all);
        foreach (var word in new[] { "service.name", "rialto", "notes.write", "job notes.print" }) words.ShouldContain(word);
        var id = Convert.FromHexString(trace.ToHexString());
        CountOf(all, id).ShouldBe(2);
    }

    [Fact]
    public void Without_a_collector_nothing_is_sent()
    {
        TraceExport.Start(_ => null).ShouldBeNull();
        TraceExport.Start(name => name == "OTEL_SDK_DISABLED" ? "true" : "http://127.0.0.1:1").ShouldBeNull();
    }

    private static int CountOf(byte[] all, byte[] part)
    {
        var count = 0;
        for (var rest = all.AsSpan(); rest.IndexOf(part) is >= 0 and var index; rest = rest[(index + part.Length)..]) count++;
        return count;
    }

    private static async Task<WebApplication> StartCollectorAsync(List<byte[]> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            if (http.Request.Path == "/v1/traces")
                lock (received) received.Add(body.ToArray());
            http.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync(Cancel);
        return app;
    }
}
