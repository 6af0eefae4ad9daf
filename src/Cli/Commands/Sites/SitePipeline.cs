using System.Diagnostics;
using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary>The way from a source to a site, the one place where it is composed: open, hide secrets, analyse, build.</summary>
internal static class SitePipeline
{
    public static async Task<BuiltSite> RunAsync(Composition services, string source, SiteOptions options, ISiteOutput output, Terminal terminal, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        await using var tree = await services.Sources.OpenAsync(source, progress: terminal, cancel: cancel);
        return await RunAsync(services, tree, options, output, terminal, since, cancel);
    }

    public static async Task<BuiltSite> RunAsync(Composition services, ISourceTree tree, SiteOptions options, ISiteOutput output, Terminal terminal, long since, CancellationToken cancel)
    {
        var durations = new Dictionary<string, double> { ["open"] = Elapsed(ref since) };
        var scan = await services.Secrets.ScanAsync(tree, terminal, cancel);
        durations["redact"] = Elapsed(ref since);
        // From here on nothing sees the tree as it was, only as it may be shown.
        var facts = (await services.Analyzer.AnalyzeAsync(scan.Tree, terminal, cancel)).WithSecrets(scan.Findings);
        durations["analyze"] = Elapsed(ref since);
        var report = await services.Sites.BuildAsync(facts, scan.Tree, options, output, new BuildProgress(terminal), cancel);
        foreach (var (stage, milliseconds) in report.DurationsMs) durations[stage] = milliseconds;
        return new BuiltSite(facts, report, durations);
    }

    private static double Elapsed(ref long since)
    {
        var now = Stopwatch.GetTimestamp();
        var elapsed = Math.Round(Stopwatch.GetElapsedTime(since, now).TotalMilliseconds, 1);
        since = now;
        return elapsed;
    }

    private sealed class BuildProgress(Terminal terminal) : IProgress<SiteProgress>
    {
        public void Report(SiteProgress value) => terminal.Report(value.Total > 0 ? $"{value.Stage} {value.Done}/{value.Total}" : value.Stage);
    }
}

/// <summary>A site and what it was made from.</summary>
internal sealed record BuiltSite(Facts Facts, SiteReport Report, IReadOnlyDictionary<string, double> DurationsMs);
