namespace Rialto.Sites;

/// <summary>The order that a summary of the documentation gives: places by path in the tree.</summary>
internal sealed class NavigationOrder
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Where a document stands; those not named come last.</summary>
    public int PlaceOf(string path) => places.GetValueOrDefault(path, int.MaxValue);

    public bool Names(string path) => places.ContainsKey(path);

    /// <summary>Names a document next, unless it was named before.</summary>
    public void Add(string path) => places.TryAdd(path, places.Count);
}
