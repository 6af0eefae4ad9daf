using System.Diagnostics;
using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary>Makes a site for a command: opens the source and goes <see cref="SitePipeline"/> with the terminal as its watch.</summary>
internal static class SiteMaking
{
    public static async Task<BuiltSite> RunAsync(Composition services, string source, SiteOptions options, ISiteOutput output, Terminal terminal, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        await using var tree = await services.Sources.OpenAsync(source, progress: terminal, cancel: cancel);
        return await RunAsync(services, tree, options, output, terminal, since, cancel);
    }

    /// <param name="services">The parts.</param>
    /// <param name="tree">What to make a site of.</param>
    /// <param name="options">How.</param>
    /// <param name="output">Where its files go.</param>
    /// <param name="terminal">Told what is being done.</param>
    /// <param name="since">When the opening of the source began.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<BuiltSite> RunAsync(Composition services, ISourceTree tree, SiteOptions options, ISiteOutput output, Terminal terminal, long since, CancellationToken cancel)
    {
        var watch = new TerminalWatch(terminal, since);
        var (facts, report) = await new SitePipeline(services.Secrets, services.Analyzer, services.Sites).RunAsync(tree, options, output, watch, cancel: cancel);
        foreach (var (stage, milliseconds) in report.DurationsMs) watch.DurationsMs[stage] = milliseconds;
        return new BuiltSite(facts, report, watch.DurationsMs);
    }

    private sealed class TerminalWatch(Terminal terminal, long since) : IPipelineWatch
    {
        private const string Opening = "open", Generating = "generate", Analysing = "analyse";

        public Dictionary<string, double> DurationsMs { get; } = new() { [Opening] = Milliseconds(since) };

        public async Task<T> StageAsync<T>(string name, Func<Task<T>> work, Func<T, (long? Bytes, string Note)> sum)
        {
            var began = Stopwatch.GetTimestamp();
            var made = await work();
            // The builder says itself what its stages took.
            if (name != Generating) DurationsMs[name == Analysing ? "analyze" : name] = Milliseconds(began);
            return made;
        }

        public void Report(string value) => terminal.Report(value);

        public void Report(SiteProgress value) => terminal.Report(value.Total > 0 ? $"{value.Stage} {value.Done}/{value.Total}" : value.Stage);

        private static double Milliseconds(long since) => Math.Round(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 1);
    }
}

/// <summary>A site and what it was made from.</summary>
internal sealed record BuiltSite(Facts Facts, SiteReport Report, IReadOnlyDictionary<string, double> DurationsMs);
