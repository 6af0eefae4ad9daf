using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>What this module announces.</summary>
public static class PublishingEvents
{
    /// <summary>Visitors are given another release from now on.</summary>
    public static readonly EventKind<SiteWentLive> SiteWentLive = new("publishing.site_went_live", PublishingJson.Default.SiteWentLive);

    /// <summary>A site was deleted with all its releases. Its name stays with the organisation.</summary>
    public static readonly EventKind<SiteDeleted> SiteDeleted = new("publishing.site_deleted", PublishingJson.Default.SiteDeleted);

    /// <summary>A release that went live was looked at: links, weight, accessibility, headers.</summary>
    public static readonly EventKind<SiteChecked> SiteChecked = new("publishing.site_checked", PublishingJson.Default.SiteChecked);

    /// <summary>What is live is worse than what was live before.</summary>
    public static readonly EventKind<SiteWorsened> SiteWorsened = new("publishing.site_worsened", PublishingJson.Default.SiteWorsened);

    /// <summary>A site does not answer: two probes in a row failed.</summary>
    public static readonly EventKind<SiteDown> SiteDown = new("publishing.site_down", PublishingJson.Default.SiteDown);

    /// <summary>It answers again.</summary>
    public static readonly EventKind<SiteUp> SiteUp = new("publishing.site_up", PublishingJson.Default.SiteUp);

    /// <summary>A domain belongs to a site: its record was found.</summary>
    public static readonly EventKind<DomainVerified> DomainVerified = new("publishing.domain_verified", PublishingJson.Default.DomainVerified);

    /// <summary>The record of a verified domain was missing for days; the site does not stand there any more.</summary>
    public static readonly EventKind<DomainLost> DomainLost = new("publishing.domain_lost", PublishingJson.Default.DomainLost);

    /// <summary>A domain has a certificate, its first or a new one.</summary>
    public static readonly EventKind<CertificateIssued> CertificateIssued = new("publishing.certificate_issued", PublishingJson.Default.CertificateIssued);

    /// <summary>A certificate could not be had; it is tried again.</summary>
    public static readonly EventKind<CertificateFailed> CertificateFailed = new("publishing.certificate_failed", PublishingJson.Default.CertificateFailed);

    /// <summary>A release was carried to a target.</summary>
    public static readonly EventKind<SiteDeployed> SiteDeployed = new("publishing.site_deployed", PublishingJson.Default.SiteDeployed);

    /// <summary>A release could not be carried to a target, and is not tried again by itself.</summary>
    public static readonly EventKind<DeploymentFailed> DeploymentFailed = new("publishing.deployment_failed", PublishingJson.Default.DeploymentFailed);

    /// <summary>A preview shows another release from now on.</summary>
    public static readonly EventKind<PreviewReady> PreviewReady = new("publishing.preview_ready", PublishingJson.Default.PreviewReady);

    /// <summary>A preview is no more, because its branch is no more.</summary>
    public static readonly EventKind<PreviewRemoved> PreviewRemoved = new("publishing.preview_removed", PublishingJson.Default.PreviewRemoved);

    /// <summary>A build has ended, well or not.</summary>
    public static readonly EventKind<BuildFinished> BuildFinished = new("publishing.build_finished", PublishingJson.Default.BuildFinished);

    /// <summary>Secrets were found in a commit that was to be published. They are hidden in what is published.</summary>
    public static readonly EventKind<SecretsFound> SecretsFound = new("publishing.secrets_found", PublishingJson.Default.SecretsFound);

    /// <summary>A file that visitors ask for is not in the store.</summary>
    public static readonly EventKind<SiteDamaged> SiteDamaged = new("publishing.site_damaged", PublishingJson.Default.SiteDamaged);
}

/// <param name="Site">Name.</param>
/// <param name="Release">What is live now.</param>
/// <param name="Previous">What was before.</param>
/// <param name="Sequence">Number of the request to publish that made the release.</param>
/// <param name="Commit">What it was made from.</param>
/// <param name="Reason"><c>build</c>, <c>rollback</c>, <c>promote</c> or <c>pin</c>.</param>
/// <param name="Url">Where it stands.</param>
public sealed record SiteWentLive(string Site, Guid Release, Guid? Previous, long Sequence, string Commit, string Reason, string Url);

/// <param name="Site">Name.</param>
/// <param name="Label">Label of the preview.</param>
/// <param name="Ref">Branch or commit it follows.</param>
/// <param name="Release">What it shows.</param>
/// <param name="Url">Where it stands.</param>
public sealed record PreviewReady(string Site, string Label, string Ref, Guid Release, string Url);

/// <param name="Site">Name.</param>
/// <param name="Label">Label of the preview.</param>
/// <param name="Branch">The branch it followed.</param>
public sealed record PreviewRemoved(string Site, string Label, string Branch);

/// <param name="Site">Name.</param>
/// <param name="Build">The build.</param>
/// <param name="State"><c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Outcome"><c>live</c>, <c>preview</c>, <c>superseded</c> or <c>pinned</c>; null when it failed.</param>
/// <param name="Commit">What was built; null when it was not found out.</param>
/// <param name="ErrorCode">Why it failed.</param>
public sealed record BuildFinished(string Site, Guid Build, string State, string? Outcome, string? Commit, string? ErrorCode);

/// <param name="Site">Name.</param>
/// <param name="Commit">Where they are.</param>
/// <param name="Count">How many.</param>
/// <param name="Places">File and line of the first ones; never the secrets.</param>
/// <param name="IsBlocked">True when nothing was published because of them.</param>
public sealed record SecretsFound(string Site, string Commit, int Count, IReadOnlyList<string> Places, bool IsBlocked);

/// <param name="Site">Name.</param>
/// <param name="Path">What was asked for.</param>
/// <param name="Words">What is wrong.</param>
public sealed record SiteDamaged(string Site, string Path, string Words);

/// <param name="Site">Name.</param>
/// <param name="Id">What it was.</param>
/// <param name="Releases">How many releases went with it.</param>
public sealed record SiteDeleted(string Site, Guid Id, int Releases);

/// <param name="Site">Name.</param>
/// <param name="Release">What was looked at.</param>
/// <param name="Problems">Findings of all rules.</param>
/// <param name="FrontBytes">What the front page weighs with everything it names, as sent.</param>
public sealed record SiteChecked(string Site, Guid Release, int Problems, long FrontBytes);

/// <param name="Site">Name.</param>
/// <param name="Release">What is live.</param>
/// <param name="Previous">What was before.</param>
/// <param name="Worse">A sentence for each thing that became worse.</param>
public sealed record SiteWorsened(string Site, Guid Release, Guid Previous, IReadOnlyList<string> Worse);

/// <param name="Site">Name.</param>
/// <param name="Since">When the first probe failed.</param>
/// <param name="Reason">What was wrong.</param>
public sealed record SiteDown(string Site, DateTime Since, string Reason);

/// <param name="Site">Name.</param>
/// <param name="At">When it answered again.</param>
/// <param name="DownSeconds">How long it did not.</param>
public sealed record SiteUp(string Site, DateTime At, long DownSeconds);

/// <param name="Site">Name.</param>
/// <param name="Domain">The domain.</param>
public sealed record DomainVerified(string Site, string Domain);

/// <param name="Site">Name.</param>
/// <param name="Domain">The domain.</param>
public sealed record DomainLost(string Site, string Domain);

/// <param name="Site">Name.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Until">Until when it is good.</param>
public sealed record CertificateIssued(string Site, string Domain, DateTime Until);

/// <param name="Site">Name.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Failures">How often in a row.</param>
/// <param name="Reason">What the authority said.</param>
/// <param name="Until">Until when the present certificate is good; null without one.</param>
public sealed record CertificateFailed(string Site, string Domain, int Failures, string Reason, DateTime? Until);

/// <param name="Site">Name.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Release">What was carried.</param>
/// <param name="Url">Where it stands; null when the target does not say.</param>
public sealed record SiteDeployed(string Site, string Target, Guid Deployment, Guid Release, string? Url);

/// <param name="Site">Name.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Code">Why.</param>
/// <param name="Words">In words.</param>
public sealed record DeploymentFailed(string Site, string Target, Guid Deployment, string Code, string Words);
