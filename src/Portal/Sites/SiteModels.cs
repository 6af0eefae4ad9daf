using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>A site from the front.</summary>
public sealed record SiteModel
{
    public required SiteView Site { get; init; }

    /// <summary>The newest releases.</summary>
    public required IReadOnlyList<ReleaseView> Releases { get; init; }

    /// <summary>The newest builds.</summary>
    public required IReadOnlyList<BuildView> Builds { get; init; }

    /// <summary>What a rollback goes back to; null when there is nothing.</summary>
    public required ReleaseView? Before { get; init; }

    /// <summary>What was live, newest first.</summary>
    public required IReadOnlyList<SwitchView> Switches { get; init; }

    /// <summary>What visitors see.</summary>
    public ReleaseView? Live => Releases.FirstOrDefault(release => release.Id == Site.LiveRelease);
}

/// <summary>A site's releases and previews.</summary>
public sealed record ReleasesModel
{
    public required SiteView Site { get; init; }

    public required Page<ReleaseView> Releases { get; init; }

    public required IReadOnlyList<PreviewView> Previews { get; init; }

    public required IReadOnlyList<SwitchView> Switches { get; init; }
}

/// <summary>Two releases side by side.</summary>
public sealed record CompareModel
{
    public required SiteView Site { get; init; }

    public required IReadOnlyList<ReleaseView> Releases { get; init; }

    /// <summary>Null while there are not two.</summary>
    public required DifferenceView? Difference { get; init; }
}

/// <summary>A site's builds.</summary>
public sealed record SiteBuildsModel(SiteView Site, Page<BuildView> Builds);

/// <summary>A build that waits for a worker.</summary>
public sealed record WaitingModel(SiteView Site, JobView Job);
