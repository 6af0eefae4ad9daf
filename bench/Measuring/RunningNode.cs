using System.Diagnostics;
using System.Globalization;

namespace Rialto.Bench;

/// <summary>The built platform as a process of its own, with a PostgreSQL of its own, from its start to its clean end.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly Process process;

    private RunningNode(Process process, string address, double readySeconds)
    {
        (this.process, Address, ReadySeconds) = (process, new Uri(address), readySeconds);
        ReadyCpuSeconds = CpuSeconds;
    }

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to the line <c>ready</c>.</summary>
    public double ReadySeconds { get; }

    /// <summary>Processor time of the node itself until then, without its PostgreSQL.</summary>
    public double ReadyCpuSeconds { get; }

    /// <summary>Resident memory of the node itself now, without its PostgreSQL.</summary>
    public long ResidentBytes => Proc("status").Split('\n').First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) is var line
        ? long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture) * 1024 : 0;

    /// <summary>Processor time of the node itself so far.</summary>
    public double CpuSeconds => process.TotalProcessorTime.TotalSeconds;

    /// <summary>Starts it on <paramref name="data"/> and waits until it is ready. It publishes nothing.</summary>
    public static async Task<RunningNode> StartAsync(Bench bench, string data, CancellationToken cancel)
    {
        // The working directory leads it to PostgreSQL; without RIALTO_HOME there is no first site.
        var start = new ProcessStartInfo(bench.Rialto, ["up", "--data", data, "--port", "0", "--no-open"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = bench.Home };
        start.Environment.Remove("RIALTO_HOME");
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                var node = new RunningNode(process, line["ready ".Length..], watch.Elapsed.TotalSeconds);
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return node;
            }
        throw new InvalidOperationException("The node did not become ready: " + await error);
    }

    /// <summary>Asks it to end and waits until it and its PostgreSQL have.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private string Proc(string name) => File.ReadAllText($"/proc/{process.Id}/{name}");
}
