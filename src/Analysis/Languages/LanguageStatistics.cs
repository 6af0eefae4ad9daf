using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>
/// The share of bytes of each language, as GitHub counts: files of programming and markup languages (and what
/// <c>linguist-detectable</c> adds), without vendored, generated and documentation files, dialects counted for their group.
/// Notebooks count by the source of their code cells only; GitHub counts their outputs too.
/// </summary>
internal static class LanguageStatistics
{
    /// <summary>Larger files are data or a tool's output, whatever their name.</summary>
    private const int LargestFileBytes = 16 * 1024 * 1024;

    /// <summary>Files of these kinds are never source, so they need not be read to know it.</summary>
    private static readonly HashSet<string> NeverSource = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".icns", ".bmp", ".tif", ".tiff", ".psd", ".pdf", ".zip", ".gz", ".tgz", ".bz2",
        ".xz", ".zst", ".7z", ".rar", ".jar", ".war", ".class", ".exe", ".dll", ".so", ".dylib", ".a", ".o", ".lib", ".pyc", ".wasm", ".woff", ".woff2",
        ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".m4a", ".ogg", ".wav", ".flac", ".webm", ".mov", ".avi", ".mkv", ".snap", ".parquet", ".npy", ".npz", ".h5", ".keystore",
    };

    /// <summary>The languages of a tree, most bytes first.</summary>
    public static async Task<IReadOnlyList<LanguageShare>> ComputeAsync(ISourceTree tree, CancellationToken cancel = default)
    {
        var attributes = await LanguageAttributes.ReadAsync(tree, cancel);
        var candidates = new Dictionary<string, (PathAttributes Said, Language? Forced)>(StringComparer.Ordinal);
        var wanted = new List<SourceEntry>();
        foreach (var entry in tree.Entries)
            if (Candidate(entry, attributes.Of(entry.Path)) is { } candidate && candidates.TryAdd(entry.Path, candidate)) wanted.Add(entry);
        var counts = new Dictionary<string, (long Bytes, int Files)>();
        await tree.ReadEachAsync(wanted, (entry, content) =>
        {
            var (said, forced) = candidates[entry.Path];
            if (Count(entry, content.Span, said, forced) is not { } counted) return;
            lock (counts)
            {
                var (bytes, files) = counts.GetValueOrDefault(counted.Group);
                counts[counted.Group] = (bytes + counted.Bytes, files + 1);
            }
        }, cancel);
        var total = counts.Values.Sum(c => c.Bytes);
        return [.. counts.Where(c => c.Value.Bytes > 0)
            .OrderByDescending(c => c.Value.Bytes).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => new LanguageShare(c.Key, LanguageCatalogue.Named(c.Key)?.Color, c.Value.Bytes, c.Value.Bytes / (double)total, c.Value.Files))];
    }

    /// <summary>Whether the file has to be read, by its path alone: what is said of it, and the language that is forced upon it.</summary>
    private static (PathAttributes Said, Language? Forced)? Candidate(SourceEntry entry, PathAttributes said)
    {
        if (!entry.IsFile || entry.Bytes is 0 or > LargestFileBytes) return null;
        // A name that can only mean data or prose is not read, unless the repository asks for it.
        if (said.Language is null && said.Detectable is not true && !MayCount(entry.FileName)) return null;
        if (said.Vendored ?? SourcePaths.IsVendored(entry.Path)) return null;
        if (said.Documentation ?? SourcePaths.IsDocumentation(entry.Path)) return null;
        if (said.Generated ?? GeneratedPaths.IsGenerated(entry.Path)) return null;
        var forced = said.Language is { } alias ? LanguageCatalogue.Aliased(alias) : null;
        return said.Language is not null && forced is null ? null : (said, forced);
    }

    private static (string Group, long Bytes)? Count(SourceEntry entry, ReadOnlySpan<byte> content, PathAttributes said, Language? forced)
    {
        if (said.IsLfs && content.StartsWith("version https://git-lfs.github.com/spec/"u8)) return null;
        var language = forced ?? LanguageDetector.Detect(entry.Path, content);
        if (language is null || !(said.Detectable ?? language.Type is LanguageType.Programming or LanguageType.Markup)) return null;
        if (said.Generated is null && GeneratedCode.IsGenerated(entry.Path, content)) return null;
        return (language.GroupName, language.Name == "Jupyter Notebook" ? NotebookSource.CountBytes(content) : entry.Bytes);
    }

    private static bool MayCount(string fileName)
    {
        var extension = Path.GetExtension(fileName);
        if (NeverSource.Contains(extension)) return false;
        var candidates = LanguageCatalogue.WithFileName(fileName);
        if (candidates.Count == 0) candidates = LanguageCatalogue.WithExtensionOf(fileName.ToLowerInvariant());
        return candidates.Count == 0 || candidates.Any(l => l.Type is LanguageType.Programming or LanguageType.Markup);
    }
}
