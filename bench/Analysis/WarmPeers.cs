using System.Diagnostics;
using System.Text.Json;

namespace Rialto.Bench;

/// <summary>The peers' libraries, loaded once in one Ruby process that goes over a repository again and again: the same as ours in process.</summary>
internal static class WarmPeers
{
    private const int Unsettled = 3;

    /// <summary>Samples of linguist and licensee, the first rounds left out; null when Ruby or one of them is not on this machine.</summary>
    /// <param name="home">The checkout.</param>
    /// <param name="rounds">How many rounds count.</param>
    /// <param name="repository">What linguist reads.</param>
    /// <param name="folder">What licensee reads.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<(IReadOnlyList<Sample> Linguist, IReadOnlyList<Sample> Licensee)?> RunAsync(string home, int rounds, string repository, string folder, CancellationToken cancel)
    {
        if (Child.Locate("ruby") is not { } ruby) return null;
        var script = Path.Combine(home, "bench", "Analysis", "Peers", "warm.rb");
        var start = new ProcessStartInfo(ruby, [script, (rounds + Unsettled).ToString(System.Globalization.CultureInfo.InvariantCulture), repository, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            if ((await error).Contains("cannot load such file", StringComparison.Ordinal)) return null;
            throw new InvalidOperationException("warm.rb: " + await error);
        }
        using var found = JsonDocument.Parse(output);
        return (Samples(found.RootElement, "linguist"), Samples(found.RootElement, "licensee"));
    }

    private static IReadOnlyList<Sample> Samples(JsonElement found, string peer) =>
        [.. found.GetProperty(peer).EnumerateArray().Zip(found.GetProperty(peer + "Wall").EnumerateArray(), (cpu, wall) => new Sample(wall.GetDouble(), CpuSeconds: cpu.GetDouble())).Skip(Unsettled)];
}
