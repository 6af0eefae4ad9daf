using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

namespace Rialto.Publishing;

/// <summary>From a source to a release's files: fetch, redact, analyse, generate, check.</summary>
internal sealed class BuildPipeline(IConnectedRepositories sources, ISecretScanner secrets, IAnalyzer analyzer, ISiteBuilder sites, IBlobStore blobs, PublishingOptions options)
{
    private const long HeavyPageBytes = 1024 * 1024;

    // A site's own rules for its host, taken from where such files usually lie.
    private static readonly string[] RuleFolders = ["", "public/", "static/", "docs/"];

    /// <summary>Takes secrets out of a text.</summary>
    public string Redact(string text) => secrets.Redact(text);

    /// <summary>Makes everything but the release's row.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="site">What to build.</param>
    /// <param name="reference">Commit or branch; null for the source as it is.</param>
    /// <param name="known">An earlier release to share files with.</param>
    /// <param name="record">Told of everything.</param>
    /// <param name="found">Told of secrets before anything else happens.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Built> RunAsync(TenantId tenant, SiteInfo site, string? reference, ReleaseManifest? known, BuildRecord record, Func<SecretScan, Task> found, CancellationToken cancel)
    {
        await using var tree = await record.StageAsync("fetch", () => sources.OpenAsync(tenant, site.Source, reference, record, cancel),
            opened => (opened.Entries.Sum(entry => entry.Bytes), $"{opened.Entries.Count} files at {opened.Identity.Commit[..Math.Min(12, opened.Identity.Commit.Length)]}"));
        var scan = await record.StageAsync("redact", async () =>
        {
            var scan = await secrets.ScanAsync(tree, record, cancel);
            if (scan.Findings.Count > 0) await found(scan);
            return scan;
        }, scan => (null, scan.Findings.Count == 0 ? "no secrets" : $"{scan.Findings.Count} secrets hidden"));
        var facts = await record.StageAsync("analyse", async () => (await analyzer.AnalyzeAsync(scan.Tree, record, cancel)).WithSecrets(scan.Findings), facts => (null, facts.Title.Value));

        await using var output = new ReleaseOutput(blobs, known);
        var report = await record.StageAsync("generate", async () =>
        {
            var settings = new SiteOptions { Theme = site.Theme, BaseUrl = options.AddressOf(site.Name), CacheFolder = options.CacheFolder };
            var report = await sites.BuildAsync(facts, scan.Tree, settings, output, record, cancel);
            foreach (var name in new[] { "_redirects", "_headers" })
                if (RuleFolders.Select(folder => scan.Tree.Find(folder + name)).FirstOrDefault(entry => entry is { IsFile: true, Bytes: < 1 << 20 }) is { } rules)
                    await output.WriteAsync(name, await scan.Tree.ReadAsync(rules, cancel), cancel);
            return report;
        }, report => (report.Bytes, $"{report.Pages} pages, {report.Files} files, theme {report.Theme}"));
        var manifest = await record.StageAsync("check", async () => Check(await output.FinishAsync(), report, record),
            checkedOnes => (checkedOnes.Files.Sum(file => file.Bytes), $"{output.NewFiles} of {checkedOnes.Files.Count} files are new, {report.Warnings.Count} warnings"));
        return new Built(tree.Identity, manifest, report.Pages, report.Theme);
    }

    private static ReleaseManifest Check(ReleaseManifest manifest, SiteReport report, BuildRecord record)
    {
        foreach (var warning in report.Warnings.Take(100)) record.Report(warning.Path.Length > 0 ? $"{warning.Path}: {warning.Message}" : warning.Message);
        foreach (var page in manifest.Files.Where(file => file.IsPage && file.Bytes > HeavyPageBytes).Take(20)) record.Report($"{page.Path} weighs {page.Bytes / 1024} kB; visitors on phones will wait for it.");
        return manifest.Files.Any(file => file.Path == "index.html")
            ? manifest
            : throw new Refusal("publishing.no_front_page", "The site has no index.html, so it was not published.");
    }
}

/// <param name="Identity">What was built.</param>
/// <param name="Manifest">Its files, kept in the store.</param>
/// <param name="Pages">Number of pages.</param>
/// <param name="Theme">Theme id.</param>
internal sealed record Built(SourceIdentity Identity, ReleaseManifest Manifest, int Pages, string Theme);
