namespace Rialto.Portal;

/// <summary>A site, as <c>publishing.get_site</c> tells of it.</summary>
public sealed record SiteView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Source { get; init; }

    public string? Branch { get; init; }

    public string? Theme { get; init; }

    public required string Visibility { get; init; }

    public bool IsSinglePage { get; init; }

    public bool BlockOnSecrets { get; init; }

    public int KeepReleases { get; init; }

    public Guid? LiveRelease { get; init; }

    public DateTime? LiveAt { get; init; }

    public bool IsPinned { get; init; }

    public DateTime CreatedAt { get; init; }

    public required string Url { get; init; }

    /// <summary>The address without the scheme, for people.</summary>
    public string ShortUrl => new Uri(Url) is var url ? (url.Authority + url.AbsolutePath).TrimEnd('/') : Url;

    /// <summary>The repository by its last two parts.</summary>
    public string ShortSource => string.Join('/', Source.TrimEnd('/').Replace(".git", "", StringComparison.Ordinal).Split('/', ':').Where(part => part.Length > 0).TakeLast(2));
}

/// <summary>A release, as <c>publishing.list_releases</c> tells of it.</summary>
public sealed record ReleaseView
{
    public required Guid Id { get; init; }

    public long Sequence { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    public required string Manifest { get; init; }

    public int Files { get; init; }

    public int Pages { get; init; }

    public long Bytes { get; init; }

    public required string Theme { get; init; }

    public bool IsKept { get; init; }

    public DateTime CreatedAt { get; init; }
}

/// <summary>What is different between two releases, as <c>publishing.compare_releases</c> tells.</summary>
public sealed record DifferenceView
{
    public required Guid From { get; init; }

    public required Guid To { get; init; }

    public required IReadOnlyList<FileView> Added { get; init; }

    public required IReadOnlyList<FileView> Removed { get; init; }

    public required IReadOnlyList<FileView> Changed { get; init; }

    public int Same { get; init; }

    public long GrowthBytes { get; init; }
}

/// <summary>A file that is different.</summary>
public sealed record FileView(string Path, bool IsPage, long? BytesBefore, long? BytesAfter);

/// <summary>A preview, as <c>publishing.list_previews</c> tells of it.</summary>
public sealed record PreviewView(string Label, string Kind, string Ref, Guid Release, DateTime UpdatedAt, string Url);

/// <summary>One change of what visitors see, as <c>publishing.list_switches</c> tells of it.</summary>
public sealed record SwitchView(Guid Release, Guid? Previous, string Reason, string Actor, DateTime At);
