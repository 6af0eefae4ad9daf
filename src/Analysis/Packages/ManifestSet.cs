namespace Rialto.Analysis;

/// <summary>The manifests of one ecosystem, and how packages are made from them.</summary>
internal sealed class ManifestSet(string ecosystem, IReadOnlyList<TextFile> files)
{
    public IReadOnlyList<TextFile> Files { get; } = files;

    public IEnumerable<TextFile> Named(params string[] names) => Files.Where(file => names.Contains(file.FileName));

    public IEnumerable<TextFile> Ending(params string[] extensions) => Files.Where(file => extensions.Any(extension => file.FileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A package whose manifest is <paramref name="file"/>; its dependencies without repetition, in file order.</summary>
    public PackageFacts Package(TextFile file, string name, int line, IEnumerable<Dependency> dependencies) => new()
    {
        Ecosystem = ecosystem, Name = name, Manifest = file.Path, Evidence = file.At(line),
        IsAuxiliary = AuxiliaryPaths.Contains(file.Path),
        Dependencies = [.. dependencies.DistinctBy(dependency => (dependency.Name, dependency.Scope))],
    };

    /// <summary>The nearest of <paramref name="candidates"/> that stands in the folder of <paramref name="file"/> or above.</summary>
    public static T? Nearest<T>(TextFile file, IReadOnlyDictionary<string, T> candidates) where T : class
    {
        for (var folder = file.Folder; ; folder = folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)])
        {
            if (candidates.TryGetValue(folder, out var found)) return found;
            if (folder.Length == 0) return null;
        }
    }
}
