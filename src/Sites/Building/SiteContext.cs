namespace Rialto.Sites;

/// <summary>What all documents of one build share. Read by many threads, written by none after it is made (except for warnings).</summary>
internal sealed record SiteContext(TreeIndex Tree, DocumentSet Documents, HostLinks? Host, PictureStore Pictures, WarningList Warnings)
{
    /// <summary>Generators for sites give each page a folder, so their authors write links as seen from there.</summary>
    public bool IsPageLike(Document document) => document.Root.Length > 0;
}

/// <summary>Warnings of a build: each once, in a stable order, bounded.</summary>
internal sealed class WarningList
{
    private const int MaxWarnings = 500;
    private readonly HashSet<SiteWarning> all = [];
    private readonly Lock gate = new();

    public void Add(string code, string path, string message)
    {
        lock (gate) all.Add(new SiteWarning(code, path, message));
    }

    public IReadOnlyList<SiteWarning> Ordered()
    {
        // Links that lead nowhere come by the hundred; what is missing or damaged must not be cut off behind them.
        lock (gate) return [.. all.OrderBy(one => one.Code == "link.broken").ThenBy(one => one.Code, StringComparer.Ordinal).ThenBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Message, StringComparer.Ordinal).Take(MaxWarnings)];
    }
}
