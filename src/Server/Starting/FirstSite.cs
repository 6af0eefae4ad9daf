using Rialto.Identity;

namespace Rialto.Server;

/// <summary>
/// Publishes the site a platform begins with and returns its address once it is live. The part that publishes registers this;
/// the node calls it after it is ready and then says <c>published http://…</c>.
/// </summary>
/// <param name="owner">Whose site.</param>
/// <param name="source">What to publish: a folder, an address, <c>owner/name</c>.</param>
/// <param name="cancel">The node stops.</param>
internal delegate Task<Uri> PublishFirstSite(Organisation owner, string source, CancellationToken cancel);
