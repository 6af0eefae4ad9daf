namespace Rialto.Bench;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="RunAsync">Does the work once and says what it took; null when it is not on this machine.</param>
internal sealed record Side(string Name, Func<CancellationToken, Task<Sample>>? RunAsync);

/// <summary>One round of one side.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="PeakBytes">Largest resident memory of the program itself, in bytes; 0 when not known.</param>
/// <param name="CpuSeconds">Processor time of the program and all it started; 0 when not known. On a shared machine it says more than the wall clock.</param>
/// <param name="TreePeakBytes">Largest sum of resident memory of the program and all it started, in bytes, shared pages counted for each; 0 when not known.</param>
internal sealed record Sample(double Seconds, long PeakBytes = 0, double CpuSeconds = 0, long TreePeakBytes = 0);

/// <summary>What the rounds of a side came to.</summary>
internal sealed record Result(string Name, int Rounds, double MedianSeconds, double LeastSeconds, double MostSeconds, long PeakBytes, double MedianCpuSeconds = 0, long TreePeakBytes = 0)
{
    public static Result Of(string name, IReadOnlyList<Sample> samples)
    {
        var seconds = samples.Select(sample => sample.Seconds).Order().ToArray();
        return new Result(
            name, seconds.Length, Median(seconds), seconds[0], seconds[^1], samples.Max(sample => sample.PeakBytes),
            Median([.. samples.Select(sample => sample.CpuSeconds).Order()]), samples.Max(sample => sample.TreePeakBytes));
    }

    private static double Median(double[] ordered)
    {
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
