using System.Globalization;
using System.Text.Json;

namespace Rialto.Bench;

/// <summary>One run of a benchmark: measures, prints, and keeps what it found.</summary>
internal sealed class Bench(string name, string home, bool quick, TextWriter log)
{
    private readonly List<Result> results = [];
    private readonly List<RatioFact> ratios = [];
    private readonly List<ValueFact> values = [];
    private readonly List<string> missing = [];

    /// <summary>The checkout.</summary>
    public string Home => home;

    /// <summary>Whether a first impression is enough; a benchmark may leave out its largest inputs.</summary>
    public bool Quick => quick;

    /// <summary>The built program, without the launcher.</summary>
    public string Rialto => Path.Combine(home, "artifacts", "cli", "current", "rialto");

    /// <summary>Runs all sides, in turn and in changing order: one round to warm up, then <paramref name="rounds"/> (a fifth of them when quick).</summary>
    public async Task<IReadOnlyDictionary<string, Result>> CompareAsync(int rounds, IReadOnlyList<Side> sides, CancellationToken cancel)
    {
        var present = sides.Where(side => side.RunAsync is not null).ToArray();
        foreach (var side in sides.Where(side => side.RunAsync is null)) Missing(side.Name, "not on this machine");
        var samples = present.ToDictionary(side => side.Name, _ => new List<Sample>());
        foreach (var side in present) await side.RunAsync!(cancel);
        for (var round = 0; round < Math.Max(3, quick ? rounds / 5 : rounds); round++)
            foreach (var side in present.Skip(round % present.Length).Concat(present.Take(round % present.Length)))
                samples[side.Name].Add(await side.RunAsync!(cancel));

        var found = present.Select(side => Result.Of(side.Name, samples[side.Name])).ToArray();
        results.AddRange(found);
        var width = found.Max(result => result.Name.Length);
        foreach (var result in found) log.WriteLine($"  {result.Name.PadRight(width)}  {Words(result)}");
        return found.ToDictionary(result => result.Name);
    }

    /// <summary>Prints and keeps what was measured elsewhere.</summary>
    public Result Add(string name, IReadOnlyList<Sample> samples)
    {
        var result = Result.Of(name, samples);
        results.Add(result);
        log.WriteLine($"  {name}  {Words(result)}");
        return result;
    }

    /// <summary>Says that something could not be measured, and why.</summary>
    public void Missing(string what, string reason)
    {
        missing.Add(what);
        log.WriteLine($"  {what}: {reason}, left out");
    }

    /// <summary>Prints a line between groups of numbers.</summary>
    public void Heading(string words) => log.WriteLine(words);

    /// <summary>Prints and keeps the ratio of two medians; nothing when either is missing.</summary>
    public void Ratio(IReadOnlyDictionary<string, Result> sides, string ours, string peer)
    {
        if (!sides.TryGetValue(ours, out var left) || !sides.TryGetValue(peer, out var right)) return;
        var ratio = left.MedianSeconds / right.MedianSeconds;
        var cpuRatio = left.MedianCpuSeconds > 0 && right.MedianCpuSeconds > 0 ? left.MedianCpuSeconds / right.MedianCpuSeconds : 0;
        ratios.Add(new RatioFact(ours, peer, ratio, cpuRatio));
        var cpu = cpuRatio > 0 ? string.Create(CultureInfo.InvariantCulture, $"  (processor time {cpuRatio:0.00})") : "";
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:0.00}  {ours} / {peer}{cpu}"));
    }

    /// <summary>Prints and keeps a number that is not a time.</summary>
    public void Value(string what, double number, string unit)
    {
        values.Add(new ValueFact(what, number, unit));
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {number:0.####} {unit}"));
    }

    /// <summary>Writes everything found, with the machine's facts, and returns where.</summary>
    public string WriteJson()
    {
        var path = Path.Combine(home, "artifacts", "bench", name + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(new BenchReport(name, quick, Machine.Look(home), results, ratios, values, missing), BenchJson.Default.BenchReport));
        return path;
    }

    private static string Words(Result result)
    {
        var memory = result.PeakBytes > 0 ? $"  {result.PeakBytes / 1048576} MB" : "";
        if (result.MedianCpuSeconds > 0) memory = string.Create(CultureInfo.InvariantCulture, $"  cpu {result.MedianCpuSeconds * 1000:0} ms") + memory;
        return string.Create(CultureInfo.InvariantCulture, $"{result.MedianSeconds * 1000:0.0} ms  ({result.LeastSeconds * 1000:0.0} … {result.MostSeconds * 1000:0.0}, {result.Rounds} rounds){memory}");
    }
}
