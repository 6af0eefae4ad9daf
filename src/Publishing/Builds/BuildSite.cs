using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Build the newest push of a branch. Which one that is, is looked up when the job begins.</summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Branch">The branch; empty for the one that goes live.</param>
internal sealed record BuildSite(Guid Site, string Branch)
{
    public static readonly JobKind<BuildSite> Kind = new("publishing.build", "deployment", PublishingJson.Default.BuildSite) { MaxAttempts = 4 };
}

/// <summary>Remove bytes that no release needs.</summary>
internal sealed record CollectBlobs
{
    public static readonly JobKind<CollectBlobs> Kind = new("publishing.collect_blobs", QueueDefinition.Default, PublishingJson.Default.CollectBlobs);
}
