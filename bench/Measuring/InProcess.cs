using System.Diagnostics;

namespace Rialto.Bench;

/// <summary>Our own code as a side of a comparison, without the start of a process; processor time is that of this process and of children that ended.</summary>
internal static class InProcess
{
    public static Func<CancellationToken, Task<Sample>> Of(Func<CancellationToken, Task> work) => async cancel =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var cpuBefore = OwnCpuSeconds() + ProcessTree.EndedCpuSeconds();
        var watch = Stopwatch.StartNew();
        await work(cancel);
        var seconds = watch.Elapsed.TotalSeconds;
        return new Sample(seconds, Process.GetCurrentProcess().PeakWorkingSet64, OwnCpuSeconds() + ProcessTree.EndedCpuSeconds() - cpuBefore);
    };

    private static double OwnCpuSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
