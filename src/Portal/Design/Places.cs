namespace Rialto.Portal.Design;

/// <summary>A place of the portal: in the sidebar, in the palette, under a key.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Text">Key of its name.</param>
/// <param name="Icon">Its sign.</param>
/// <param name="Permission">What one needs to see anything there; null for nothing.</param>
/// <param name="Key">The letter that goes there after <c>g</c>.</param>
public sealed record Place(string Address, string Text, string Icon, string? Permission, string Key);

/// <summary>All places, in the order of the sidebar.</summary>
public static class Places
{
    /// <summary>What is worked on.</summary>
    public static IReadOnlyList<Place> Work { get; } =
    [
        new("/", "place.home", "home", null, "h"),
        new("/repositories", "place.repositories", "repository", "repositories.read", "r"),
        new("/sites", "place.sites", "site", "publishing.read", "s"),
        new("/builds", "place.builds", "build", "publishing.read", "b"),
    ];

    /// <summary>What keeps it running.</summary>
    public static IReadOnlyList<Place> Care { get; } =
    [
        new("/jobs", "place.jobs", "jobs", "jobs.read", "j"),
        new("/keys", "place.keys", "key", "identity.read", "k"),
        new("/settings", "place.settings", "settings", "settings.read", "e"),
        new("/audit", "place.audit", "chart", "audit.read", "a"),
        new("/system", "place.system", "pulse", null, "y"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<Place> All => Work.Concat(Care);

    /// <summary>Whether <paramref name="path"/> is at <paramref name="place"/> or below it.</summary>
    public static bool IsAt(Place place, string path) => place.Address == "/" ? path == "/" : path == place.Address || path.StartsWith(place.Address + "/", StringComparison.Ordinal);
}
