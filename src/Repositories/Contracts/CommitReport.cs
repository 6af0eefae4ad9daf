namespace Rialto.Repositories;

/// <summary>What became of a commit.</summary>
public enum CommitState
{
    /// <summary>It is being built.</summary>
    Building,

    /// <summary>Visitors see it.</summary>
    Live,

    /// <summary>It has an address of its own.</summary>
    Preview,

    /// <summary>Something newer is there already.</summary>
    Overtaken,

    /// <summary>It could not be built.</summary>
    Failed,

    /// <summary>It was stopped.</summary>
    Stopped,
}

/// <summary>What the forge is to say of a commit.</summary>
/// <param name="Source">The repository, as sites name it.</param>
/// <param name="Commit">Full name of the commit.</param>
/// <param name="Site">For which site.</param>
/// <param name="Branch">Branch it was pushed to.</param>
/// <param name="IsProduction">True when it is for the site's visitors, false for a preview.</param>
/// <param name="State">What became of it.</param>
/// <param name="Target">Where it can be seen.</param>
/// <param name="Words">One sentence; no secrets.</param>
public sealed record CommitReport(string Source, string Commit, string Site, string Branch, bool IsProduction, CommitState State, Uri Target, string Words);
