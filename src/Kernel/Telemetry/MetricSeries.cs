using System.Globalization;
using System.Text;

namespace Rialto.Kernel;

/// <summary>One line, or one histogram, of the metrics.</summary>
internal sealed class MetricSeries(string type)
{
    // Seconds; the upper ends, as Prometheus wants them, each counting all below.
    private static readonly double[] Ends = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private readonly Lock gate = new();
    private readonly long[] counts = type == "histogram" ? new long[Ends.Length + 1] : [];
    private double sum;

    public void Record(double value, bool isObserved)
    {
        lock (gate)
        {
            sum = isObserved ? value : sum + value;
            if (counts.Length == 0) return;
            var place = Array.BinarySearch(Ends, value);
            counts[place < 0 ? ~place : place]++;
        }
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        lock (gate)
        {
            if (counts.Length == 0)
            {
                Line(text, name, labels, sum);
                return;
            }
            var count = 0L;
            var before = labels.Length == 0 ? "" : labels + ",";
            for (var place = 0; place < counts.Length; place++)
            {
                count += counts[place];
                var end = place < Ends.Length ? Ends[place].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line(text, name + "_bucket", $"{before}le=\"{end}\"", count);
            }
            Line(text, name + "_sum", labels, sum);
            Line(text, name + "_count", labels, count);
        }
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
