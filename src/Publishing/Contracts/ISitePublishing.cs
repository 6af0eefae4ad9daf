using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Publishing for other parts of the platform: first starts, pushes, schedules.</summary>
public interface ISitePublishing
{
    /// <summary>
    /// Makes the organisation's site of <paramref name="source"/>, when it has none of that name, and asks for a build in the session's transaction.
    /// </summary>
    /// <param name="session">Whose.</param>
    /// <param name="source">As <see cref="Repositories.ISourceReader"/> reads it; paths are allowed here.</param>
    /// <param name="name">Name of the site; null to make one from the source.</param>
    /// <param name="cancel">Cancels the asking.</param>
    /// <exception cref="Refusal"><c>publishing.name_invalid</c>, <c>publishing.name_reserved</c>, <c>publishing.name_taken</c>.</exception>
    Task<SitePublication> PublishAsync(TenantSession session, string source, string? name = null, CancellationToken cancel = default);

    /// <summary>
    /// The site a platform begins with. Where the source's commit of now was published already, nothing is built and the answer's
    /// <see cref="SitePublication.Job"/> is null.
    /// </summary>
    /// <exception cref="Refusal">As <see cref="PublishAsync"/>; <c>repository.*</c> and <c>source.*</c> when the source cannot be read.</exception>
    Task<SitePublication> PublishFirstAsync(TenantId tenant, string source, CancellationToken cancel = default);

    /// <summary>The newest hundred sites that are live and open to everybody, by name.</summary>
    Task<IReadOnlyList<SitePublication>> ListOpenAsync(CancellationToken cancel = default);

    /// <summary>Asks for builds of every site of <paramref name="source"/> after a push. The same commit asked for twice is built once. Returns the names of the sites.</summary>
    Task<IReadOnlyList<string>> PushedAsync(TenantSession session, string source, string branch, string commit, CancellationToken cancel = default);

    /// <summary>Returns when the site is live or its build has ended, and says how.</summary>
    /// <exception cref="Refusal">The refusal its build ended with.</exception>
    Task<Uri> WaitUntilLiveAsync(TenantId tenant, SitePublication publication, CancellationToken cancel = default);
}

/// <param name="Site">Name of the site.</param>
/// <param name="Address">Where it stands, or will.</param>
/// <param name="Job">The job that builds it; null when none is needed.</param>
/// <param name="IsNew">True when the site was made just now.</param>
public sealed record SitePublication(string Site, Uri Address, Guid? Job, bool IsNew);
