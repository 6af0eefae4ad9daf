using System.Diagnostics;
using System.Globalization;

namespace Rialto.Bench;

/// <summary>
/// The tests of reliability with the numbers that are too large for every run: nodes killed at random moments of two hundred builds, two
/// hundred visitors during fifty switches. A run that loses, doubles or mixes anything ends the benchmark.
/// </summary>
internal sealed class ReliabilityBench : IBench
{
    public string Name => "reliability";

    public string Summary => "nodes killed in 200 builds, 200 visitors during 50 switches: nothing lost, doubled or mixed";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var program = Path.Combine(bench.Home, "tests", "Publishing.Tests", "bin", "Debug", "net10.0", "Rialto.Publishing.Tests");
        if (!File.Exists(program))
        {
            bench.Missing("the tests of Publishing", "not built (./rialto test Publishing)");
            return;
        }
        var (builds, visitors) = bench.Quick ? (10, 50) : (200, 200);
        await RunAsync(bench, program, $"nodes killed at random moments of {builds} builds", "*RandomKillTests*", new() { ["RIALTO_RELIABILITY_BUILDS"] = builds.ToString(CultureInfo.InvariantCulture) }, cancel);
        await RunAsync(bench, program, $"{visitors} visitors during 50 switches", "*SwitchingTests*whole_versions*", new() { ["RIALTO_RELIABILITY_VISITORS"] = visitors.ToString(CultureInfo.InvariantCulture) }, cancel);
    }

    private static async Task RunAsync(Bench bench, string program, string what, string method, Dictionary<string, string> environment, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await Child.RunAsync(null, program, ["-noColor", "-noLogo", "-method", method], environment, cancel);
        bench.Value(what + ", nothing lost, doubled or mixed", watch.Elapsed.TotalSeconds, "s");
    }
}
