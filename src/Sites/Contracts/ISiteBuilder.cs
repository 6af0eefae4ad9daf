using Rialto.Analysis;
using Rialto.Repositories;

namespace Rialto.Sites;

/// <summary>Makes a static site from a commit's facts and (redacted) files.</summary>
public interface ISiteBuilder
{
    /// <summary>Builds the site into <paramref name="output"/>.</summary>
    Task<SiteReport> BuildAsync(Facts facts, ISourceTree tree, SiteOptions options, ISiteOutput output, IProgress<SiteProgress>? progress = null, CancellationToken cancel = default);
}

/// <summary>Where the finished files go: a folder, or a release's content-addressed store. Safe for concurrent use.</summary>
public interface ISiteOutput
{
    /// <summary>Writes one file of the site. <paramref name="path"/> is relative with <c>/</c>, never leaves the site.</summary>
    ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel = default);
}

/// <summary>What the caller chooses; everything else comes from <c>rialto.json</c> in the repository and from the facts.</summary>
public sealed record SiteOptions
{
    /// <summary>Theme id; null lets the facts choose.</summary>
    public string? Theme { get; init; }

    /// <summary>Absolute address at which the site will stand, for canonical links, the sitemap and cards; null when unknown (those that need it are then left out).</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Settings that override <c>rialto.json</c>, by dotted key.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder in which results are cached by content between builds; null for none.</summary>
    public string? CacheFolder { get; init; }
}

/// <param name="Stage">Stable stage name: <c>content</c>, <c>pictures</c>, <c>pages</c>, <c>search</c>, <c>check</c>.</param>
/// <param name="Done">Items finished.</param>
/// <param name="Total">Items in all; 0 when unknown.</param>
public sealed record SiteProgress(string Stage, int Done, int Total);

/// <summary>What was built.</summary>
public sealed record SiteReport
{
    public required int Pages { get; init; }
    public required int Files { get; init; }
    public required long Bytes { get; init; }
    public required string Theme { get; init; }
    /// <summary>Why this theme, one sentence.</summary>
    public required string ThemeReason { get; init; }
    /// <summary>Milliseconds by stage, in order.</summary>
    public required IReadOnlyDictionary<string, double> DurationsMs { get; init; }
    /// <summary>What was left out or looked odd: a broken link, a picture that is missing, an output that is disabled.</summary>
    public required IReadOnlyList<SiteWarning> Warnings { get; init; }
}

/// <param name="Code">Stable: <c>link.broken</c>, <c>picture.missing</c>, <c>workshop.unavailable</c>.</param>
/// <param name="Path">The source file or page concerned.</param>
/// <param name="Message">One sentence.</param>
public sealed record SiteWarning(string Code, string Path, string Message);
