namespace Rialto.Sites;

/// <summary>All documents of a site, by their path in the tree.</summary>
internal sealed class DocumentSet
{
    private readonly Dictionary<string, Document> byPath;

    public DocumentSet(IEnumerable<Document> documents)
    {
        byPath = new Dictionary<string, Document>(StringComparer.Ordinal);
        foreach (var document in documents) byPath.TryAdd(document.SourcePath, document);
        All = [.. byPath.Values];
    }

    public IReadOnlyList<Document> All { get; }

    public Document? Find(string path) => byPath.GetValueOrDefault(path);
}
