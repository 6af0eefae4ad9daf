namespace Rialto.Kernel;

/// <inheritdoc/>
internal sealed class WorkshopAssets(string? folder) : IWorkshopAssets
{
    /// <summary>What may be read: the public name's beginning, the folder in <c>node_modules</c> it stands for, and the files in it.</summary>
    private static readonly (string Prefix, string Folder, string Pattern)[] Shelves =
    [
        ("katex/", "katex/dist", "katex.min.css"),
        ("katex/fonts/", "katex/dist/fonts", "*.woff2"),
        ("katex/", "katex", "LICENSE"),
        ("mermaid/", "mermaid/dist", "mermaid.min.js"),
        ("mermaid/", "mermaid/dist", "mermaid.esm.min.mjs"),
        ("mermaid/chunks/mermaid.esm.min/", "mermaid/dist/chunks/mermaid.esm.min", "*.mjs"),
        ("mermaid/", "mermaid", "LICENSE"),
    ];

    private readonly Lazy<SortedDictionary<string, string>> files = new(() => List(folder));

    public IReadOnlyList<string> Names => [.. files.Value.Keys];

    public ReadOnlyMemory<byte> Read(string name) => files.Value.TryGetValue(name, out var path)
        ? File.ReadAllBytes(path)
        : throw new Refusal("workshop.asset_unknown", $"The workshop has no file \"{name}\"; install its packages, or ask for one of the names it lists.", 404);

    private static SortedDictionary<string, string> List(string? folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (folder is null) return found;
        foreach (var (prefix, shelf, pattern) in Shelves)
        {
            var path = Path.Combine(folder, "node_modules", shelf);
            if (!Directory.Exists(path)) continue;
            foreach (var file in Directory.EnumerateFiles(path, pattern)) found[prefix + Path.GetFileName(file)] = file;
        }
        return found;
    }
}
