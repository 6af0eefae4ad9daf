using System.Globalization;

namespace Rialto.Runner;

/// <summary>What is printed, and the exit code.</summary>
internal static class Summary
{
    public static string Line(Outcome outcome, int width)
    {
        var mark = outcome.Failures.Count > 0 ? "✗" : outcome.Passed > 0 ? "✓" : "–";
        var seconds = outcome.Seconds.ToString("0.0", CultureInfo.InvariantCulture);
        return $"  {mark} {outcome.Name.PadRight(width)}  {Count(outcome.Passed, outcome.Failures.Count, outcome.Skips.Count)}  ({seconds} s)";
    }

    /// <summary>Writes failures, reasons of skipped tests and, alone on the last line, the count. Returns the exit code: no test run is a failure.</summary>
    public static int Write(IReadOnlyList<Outcome> outcomes, TextWriter writer)
    {
        foreach (var failure in outcomes.SelectMany(outcome => outcome.Failures))
        {
            writer.WriteLine();
            writer.WriteLine("FAILED " + failure.Test);
            writer.WriteLine(Indent(failure.Message));
            if (failure.Trace.Length > 0) writer.WriteLine(Indent(failure.Trace));
        }
        var skips = outcomes.SelectMany(outcome => outcome.Skips).GroupBy(skip => skip.Reason).OrderByDescending(group => group.Count()).ToArray();
        if (skips.Length > 0) writer.WriteLine();
        foreach (var group in skips) writer.WriteLine($"skipped {group.Count()}: {group.Key} (such as {group.First().Test})");

        var passed = outcomes.Sum(outcome => outcome.Passed);
        var failed = outcomes.Sum(outcome => outcome.Failures.Count);
        writer.WriteLine();
        if (passed + failed == 0) writer.WriteLine("No test was run: a run of nothing proves nothing.");
        writer.WriteLine(Count(passed, failed, outcomes.Sum(outcome => outcome.Skips.Count)));
        return failed > 0 || passed == 0 ? 1 : 0;
    }

    private static string Count(int passed, int failed, int skipped) =>
        $"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : "");

    private static string Indent(string text) => "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal);
}
