namespace Rialto.Server;

/// <summary>A site anybody may visit, for the front page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it is.</param>
internal sealed record PublicSite(string Name, Uri Address);

/// <summary>The sites that stand open to everybody, in the order to show them. The part that publishes registers this.</summary>
internal delegate Task<IReadOnlyList<PublicSite>> ListPublicSites(CancellationToken cancel);
