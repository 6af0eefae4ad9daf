using System.Diagnostics.Metrics;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class PrometheusMetricsTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written_as_Prometheus_reads_them()
    {
        using var meter = new Meter("test");
        using var metrics = new PrometheusMetrics(meter);
        meter.CreateCounter<long>("test.orders", description: "Orders\nplaced").Add(2, new KeyValuePair<string, object?>("kind", "a\"b\\c"));
        meter.CreateObservableGauge("test.memory", () => 7L, "By");
        var times = meter.CreateHistogram<double>("test.time", "s");
        foreach (var value in new[] { 0.001, 0.02, 90 }) times.Record(value);
        metrics.Write();
        var text = metrics.Write();
        text.ShouldContain("# HELP test_orders_total Orders\\nplaced\n# TYPE test_orders_total counter\ntest_orders_total{kind=\"a\\\"b\\\\c\"} 2\n");
        text.ShouldContain("# TYPE test_memory_bytes gauge\ntest_memory_bytes 7\n");
        text.ShouldContain("test_time_seconds_bucket{le=\"0.001\"} 1\n");
        text.ShouldContain("test_time_seconds_bucket{le=\"0.025\"} 2\n");
        text.ShouldContain("test_time_seconds_bucket{le=\"60\"} 2\ntest_time_seconds_bucket{le=\"+Inf\"} 3\ntest_time_seconds_sum 90.021\ntest_time_seconds_count 3\n");
        text.ShouldContain("process_resident_memory_bytes ");
    }

    [Fact]
    public async Task A_node_tells_how_long_its_operations_take()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var host = await TestHost.StartAsync(test.Database, _ => { });
        using var client = host.As("ada", TenantId.New());
        await client.GetStringAsync("/api/v1/jobs", TestContext.Current.CancellationToken);
        (await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldContain("rialto_operation_duration_seconds_count{operation=\"jobs.list\",status=\"200\"} ");
    }

    [Fact]
    public async Task A_child_process_is_told_the_trace_it_belongs_to()
    {
        RialtoTelemetry.Propagate();
        using var span = RialtoTelemetry.Traces.StartActivity("outer")!;
        var child = await ChildProcess.RunAsync(new ChildCommand("env"), cancel: TestContext.Current.CancellationToken);
        child.OutputText.ShouldContain($"TRACEPARENT={span.Id}\n");
    }
}
