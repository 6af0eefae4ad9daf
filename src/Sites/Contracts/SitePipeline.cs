using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Secrets;

namespace Rialto.Sites;

/// <summary>
/// The way from an opened source to a site, the one place where it is composed: hide secrets, analyse, generate. The command line and
/// the platform's builds both go it, each with its own watch.
/// </summary>
public sealed class SitePipeline(ISecretScanner secrets, IAnalyzer analyzer, ISiteBuilder sites)
{
    /// <summary>Goes it. After the first stage nothing sees the tree as it was, only as it may be shown.</summary>
    /// <param name="tree">What to make a site of.</param>
    /// <param name="options">How.</param>
    /// <param name="output">Where its files go.</param>
    /// <param name="watch">Told of every stage.</param>
    /// <param name="hooks">What else happens on the way; null for nothing.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="Kernel.Refusal">Those of the three parts, and what a hook throws.</exception>
    public async Task<PipelineResult> RunAsync(ISourceTree tree, SiteOptions options, ISiteOutput output, IPipelineWatch watch, PipelineHooks? hooks = null, CancellationToken cancel = default)
    {
        var scan = await watch.StageAsync("redact", async () =>
        {
            var scan = await secrets.ScanAsync(tree, watch, cancel);
            if (scan.Findings.Count > 0 && hooks?.SecretsFound is { } tell) await tell(scan);
            return scan;
        }, scan => (null, scan.Findings.Count == 0 ? "no secrets" : $"{scan.Findings.Count} secrets hidden"));
        var facts = await watch.StageAsync("analyse", async () =>
        {
            var facts = (await analyzer.AnalyzeAsync(scan.Tree, watch, cancel)).WithSecrets(scan.Findings);
            if (hooks?.Analysed is { } keep) await keep(facts);
            return facts;
        }, facts => (null, facts.Title.Value));
        var report = await watch.StageAsync("generate", async () =>
        {
            var report = await sites.BuildAsync(facts, scan.Tree, options, output, watch, cancel);
            if (hooks?.Generated is { } add) await add(scan.Tree);
            return report;
        }, report => (report.Bytes, $"{report.Pages} pages, {report.Files} files, theme {report.Theme}"));
        return new PipelineResult(facts, report);
    }
}

/// <summary>A site and what it was made from.</summary>
public sealed record PipelineResult(Facts Facts, SiteReport Report);

/// <summary>Looks on while a site is made, and keeps the time of its stages.</summary>
public interface IPipelineWatch : IProgress<string>, IProgress<SiteProgress>
{
    /// <summary>Runs one stage.</summary>
    /// <param name="name"><c>fetch</c>, <c>redact</c>, <c>analyse</c>, <c>generate</c>, <c>check</c> or <c>publish</c>.</param>
    /// <param name="work">Does it.</param>
    /// <param name="sum">Says the size and, in a few words, what came of it.</param>
    Task<T> StageAsync<T>(string name, Func<Task<T>> work, Func<T, (long? Bytes, string Note)> sum);
}

/// <summary>What else happens while a site is made. What a hook throws ends the making.</summary>
public sealed record PipelineHooks
{
    /// <summary>Secrets were found; nothing else has been read yet.</summary>
    public Func<SecretScan, Task>? SecretsFound { get; init; }

    /// <summary>The facts are there.</summary>
    public Func<Facts, Task>? Analysed { get; init; }

    /// <summary>The site's own files are written; more may be added from the redacted tree.</summary>
    public Func<ISourceTree, Task>? Generated { get; init; }
}
