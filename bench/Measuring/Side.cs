namespace Rialto.Bench;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="RunAsync">Does the work once and says what it took; null when it is not on this machine.</param>
internal sealed record Side(string Name, Func<CancellationToken, Task<Sample>>? RunAsync);

/// <summary>One round of one side.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="PeakBytes">Largest resident memory seen, in bytes; 0 when not known.</param>
internal sealed record Sample(double Seconds, long PeakBytes = 0);

/// <summary>What the rounds of a side came to.</summary>
internal sealed record Result(string Name, int Rounds, double MedianSeconds, double LeastSeconds, double MostSeconds, long PeakBytes)
{
    public static Result Of(string name, IReadOnlyList<Sample> samples)
    {
        var seconds = samples.Select(sample => sample.Seconds).Order().ToArray();
        var middle = seconds.Length / 2;
        var median = seconds.Length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
        return new Result(name, seconds.Length, median, seconds[0], seconds[^1], samples.Max(sample => sample.PeakBytes));
    }
}
