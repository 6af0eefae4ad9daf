using System.Globalization;

namespace Rialto.Bench;

/// <summary>
/// The processor time of a PostgreSQL server and all its processes, those that have ended included, as Linux counts it. On a shared machine a
/// program with many processes gets more of the wall clock than one with few; what the work costs is told by this.
/// </summary>
internal sealed class ServerClock(string postgresFolder)
{
    private const double TicksPerSecond = 100;
    private readonly int postmaster = Find(postgresFolder);

    /// <summary>The side with the processor time of the server and of this process added to it.</summary>
    public Func<CancellationToken, Task<Sample>> Timed(Func<CancellationToken, Task<Sample>> run) => async cancel =>
    {
        var (server, own) = (Seconds(), Environment.CpuUsage.TotalTime);
        var sample = await run(cancel);
        return sample with { CpuSeconds = sample.CpuSeconds + Seconds() - server + (Environment.CpuUsage.TotalTime - own).TotalSeconds };
    };

    /// <summary>Seconds used until now.</summary>
    public double Seconds()
    {
        if (postmaster == 0) return 0;
        var ticks = Ticks(postmaster, withEnded: true);
        foreach (var child in File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            ticks += Ticks(int.Parse(child, CultureInfo.InvariantCulture), withEnded: false);
        return ticks / TicksPerSecond;
    }

    private static int Find(string folder)
    {
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).FirstOrDefault() : null;
        return OperatingSystem.IsLinux() && file is not null ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture) : 0;
    }

    // Fields 14 to 17 of proc(5) stat: own user and system time, and those of children that were waited for.
    private static long Ticks(int process, bool withEnded)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ').Skip(11).Take(withEnded ? 4 : 2);
            return fields.Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
