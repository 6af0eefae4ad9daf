using System.Diagnostics;

namespace Rialto.Sites;

/// <summary>Times the stages of a build and reports their progress.</summary>
internal sealed class StageClock(IProgress<SiteProgress>? progress)
{
    private readonly Dictionary<string, double> durations = [];
    private string stage = "";
    private int total;
    private long since;

    public void Begin(string name, int items = 0)
    {
        Stop();
        (stage, total, since) = (name, items, Stopwatch.GetTimestamp());
        progress?.Report(new SiteProgress(name, 0, items));
    }

    public void Tick(int done) => progress?.Report(new SiteProgress(stage, done, total));

    public IReadOnlyDictionary<string, double> End()
    {
        Stop();
        return durations;
    }

    private void Stop()
    {
        if (stage.Length > 0) durations[stage] = Math.Round(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 1);
    }
}
