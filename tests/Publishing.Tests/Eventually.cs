using System.Diagnostics;

namespace Rialto.Publishing.Tests;

/// <summary>Waits for what happens elsewhere; never asserts a time. What has not happened after minutes does not happen any more.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task Happens(Func<Task<bool>> happened)
    {
        var watch = Stopwatch.StartNew();
        while (!await happened())
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"It has not happened in {Patience.TotalMinutes} minutes.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
