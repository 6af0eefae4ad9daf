using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Gathers what the platform's meter measures on this node and writes it as Prometheus reads it (text format 0.0.4).</summary>
internal sealed class PrometheusMetrics : IDisposable
{
    /// <summary>Media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    // Labels come from code, not from callers; the limit is for the mistake.
    private const int MostSeries = 5000;
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), MetricSeries> series = new();
    private readonly MeterListener listener = new();

    public PrometheusMetrics(Meter meter)
    {
        listener.InstrumentPublished = (instrument, one) =>
        {
            if (instrument.Meter == meter) one.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
    }

    /// <summary>All series, by name.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in series.GroupBy(one => one.Key.Instrument).OrderBy(family => family.Key.Name, StringComparer.Ordinal))
        {
            var name = NameOf(family.Key);
            text.Append($"# HELP {name} {Escape(family.Key.Description ?? family.Key.Name, isHelp: true)}\n# TYPE {name} {TypeOf(family.Key)}\n");
            foreach (var one in family.OrderBy(one => one.Key.Labels, StringComparer.Ordinal)) one.Value.Write(text, name, one.Key.Labels);
        }
        WriteProcess(text);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (instrument, LabelsOf(tags));
        if (!series.TryGetValue(key, out var found))
        {
            if (series.Count >= MostSeries) return;
            found = series.GetOrAdd(key, _ => new MetricSeries(TypeOf(instrument)));
        }
        found.Record(value, isObserved: instrument.IsObservable);
    }

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Histogram" => "histogram", "Counter" or "ObservableCounter" => "counter", _ => "gauge",
    };

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return Clean(instrument.Name) + unit + (TypeOf(instrument) == "counter" ? "_total" : "");
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
            text.Append(text.Length == 0 ? "" : ",").Append(Clean(name)).Append("=\"").Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", isHelp: false)).Append('"');
        return text.ToString();
    }

    private static string Clean(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escape(string text, bool isHelp)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isHelp ? escaped : escaped.Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private static void WriteProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        Gauge("process_resident_memory_bytes", "Memory in use.", process.WorkingSet64);
        Gauge("process_start_time_seconds", "Start of the process, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeSeconds());
        text.Append(CultureInfo.InvariantCulture, $"# HELP process_cpu_seconds_total Processor time used.\n# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total {process.TotalProcessorTime.TotalSeconds}\n");

        void Gauge(string name, string help, long value) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
    }
}
