namespace Rialto.Publishing;

/// <summary>Who may see a site.</summary>
internal enum Visibility
{
    Public,
    Password,
    Private,
}

/// <summary>A site, or one preview of it, as it is served now. Replaced as a whole, never changed.</summary>
internal sealed record ServedSite
{
    public required Guid Tenant { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Visibility Visibility { get; init; }

    public string? PasswordHash { get; init; }

    public required byte[] Secret { get; init; }

    /// <summary>Addresses without a file show the front page: the site is one page that routes by itself.</summary>
    public required bool IsSinglePage { get; init; }

    /// <summary>True for a preview.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>Null while nothing is published.</summary>
    public ServedRelease? Release { get; init; }

    /// <summary>
    /// What was live before, newest first. A visitor whose page came from one of these still gets its style sheets and pictures.
    /// </summary>
    public IReadOnlyList<ServedRelease> Earlier { get; init; } = [];
}
