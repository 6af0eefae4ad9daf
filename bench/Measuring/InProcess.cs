using System.Diagnostics;

namespace Rialto.Bench;

/// <summary>Our own code as a side of a comparison, without the start of a process.</summary>
internal static class InProcess
{
    public static Func<CancellationToken, Task<Sample>> Of(Func<CancellationToken, Task> work) => async cancel =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var watch = Stopwatch.StartNew();
        await work(cancel);
        return new Sample(watch.Elapsed.TotalSeconds, Process.GetCurrentProcess().PeakWorkingSet64);
    };
}
