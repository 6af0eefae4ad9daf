using System.Text.Json;
using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

namespace Rialto.Publishing;

/// <summary>From a source to a release's files: fetch; then, unless the same content was made before, redact, analyse and generate; check.</summary>
internal sealed class BuildPipeline(IConnectedRepositories sources, ISecretScanner secrets, IAnalyzer analyzer, ISiteBuilder sites, IBlobStore blobs, PublishingOptions options, TimeProvider time)
{
    private const long HeavyPageBytes = 1024 * 1024;

    // A site's own rules for its host, taken from where such files usually lie.
    private static readonly string[] RuleFolders = ["", "public/", "static/", "docs/"];

    private readonly SitePipeline pipeline = new(secrets, analyzer, sites);

    /// <summary>Takes secrets out of a text.</summary>
    public string Redact(string text) => secrets.Redact(text);

    /// <summary>Makes everything but the release's row.</summary>
    /// <param name="job">For whom it runs.</param>
    /// <param name="wanted">What to build.</param>
    /// <param name="record">Told of everything.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Built> RunAsync(Job job, WantedBuild wanted, BuildRecord record, CancellationToken cancel)
    {
        var site = wanted.Site;
        await using var tree = await record.StageAsync("fetch", () => sources.OpenAsync(job.Tenant, site.Source, wanted.Reference, record, cancel),
            opened => (opened.Entries.Sum(entry => entry.Bytes), $"{opened.Entries.Count} files at {opened.Identity.Commit[..Math.Min(12, opened.Identity.Commit.Length)]}"));
        var address = options.AddressOf(site.Name);
        var key = await ContentKey.OfAsync(tree, site, wanted.BlocksOnSecrets, address, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancel);
        if (await MadeAlreadyAsync(job, site, key, cancel) is { } made)
            return await record.StageAsync("generate", async () => new Built(tree.Identity, await ReleaseManifest.OpenAsync(blobs, made.Manifest, cancel), made.Pages, made.Theme, key, made.Id), built => (made.Bytes, $"unchanged: taken from release {made.Sequence}"));

        await using var output = new ReleaseOutput(blobs, wanted.Known);
        var hooks = new PipelineHooks
        {
            SecretsFound = scan => SecretsAsync(job, wanted, scan, cancel), Analysed = facts => KeepFactsAsync(job, wanted, tree.Identity, facts, cancel), Generated = redacted => RulesAsync(redacted, output, cancel),
        };
        var (_, report) = await pipeline.RunAsync(tree, new SiteOptions { Theme = site.Theme, BaseUrl = address, CacheFolder = options.CacheFolder }, output, record, hooks, cancel);
        var manifest = await record.StageAsync("check", async () => Check(await output.FinishAsync(), report, record),
            checkedOnes => (checkedOnes.Files.Sum(file => file.Bytes), $"{output.NewFiles} of {checkedOnes.Files.Count} files are new, {report.Warnings.Count} warnings"));
        return new Built(tree.Identity, manifest, report.Pages, report.Theme, key, wanted.Known is null ? null : wanted.Like);
    }

    private async Task<ReleaseInfo?> MadeAlreadyAsync(Job job, SiteInfo site, string key, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        if (await BuildStore.MadeAlreadyAsync(session, site.Id, key, cancel) is not { } id || await ReleaseStore.TryFindAsync(session, site.Id, id, cancel) is not { } release) return null;
        // A manifest that was lost is made again.
        return await blobs.ExistsAsync(BlobId.Parse(release.Manifest), cancel) ? release : null;
    }

    private static async Task SecretsAsync(Job job, WantedBuild wanted, SecretScan scan, CancellationToken cancel)
    {
        await SecretReports.TellAsync(job, wanted.Site, scan, wanted.BlocksOnSecrets, cancel);
        if (wanted.BlocksOnSecrets)
            throw new Refusal("publishing.secrets_found", $"{scan.Findings.Count} secrets are in the commit, the first in {scan.Findings[0].Path}; remove and replace them, or allow them in .rialto-secrets.json.");
    }

    private async Task KeepFactsAsync(Job job, WantedBuild wanted, SourceIdentity identity, Facts facts, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        await sources.KeepFactsAsync(session, wanted.Site.Source, wanted.Branch.Length > 0 ? wanted.Branch : identity.Ref ?? "", identity.Commit, JsonSerializer.Serialize(facts, FactsJson.Default.Facts), facts.Quality.Score, facts.SecretsRedacted, cancel);
        await session.CommitAsync(cancel);
    }

    private static async Task RulesAsync(ISourceTree redacted, ReleaseOutput output, CancellationToken cancel)
    {
        foreach (var name in new[] { "_redirects", "_headers" })
            if (RuleFolders.Select(folder => redacted.Find(folder + name)).FirstOrDefault(entry => entry is { IsFile: true, Bytes: < 1 << 20 }) is { } rules)
                await output.WriteAsync(name, await redacted.ReadAsync(rules, cancel), cancel);
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

/// <param name="Site">For which site.</param>
/// <param name="Branch">The branch; empty for the one that goes live.</param>
/// <param name="Reference">Commit or branch; null for the source as it is.</param>
/// <param name="Like">An earlier release to share files with.</param>
/// <param name="Known">Its manifest.</param>
/// <param name="BlocksOnSecrets">Whether secrets hold it back.</param>
internal sealed record WantedBuild(SiteInfo Site, string Branch, string? Reference, Guid? Like, ReleaseManifest? Known, bool BlocksOnSecrets);

/// <param name="Identity">What was built.</param>
/// <param name="Manifest">Its files, kept in the store.</param>
/// <param name="Pages">Number of pages.</param>
/// <param name="Theme">Theme id.</param>
/// <param name="Key">Name of its content.</param>
/// <param name="SharesWith">The release whose stored files it shares.</param>
internal sealed record Built(SourceIdentity Identity, ReleaseManifest Manifest, int Pages, string Theme, string Key, Guid? SharesWith);
