using System.Collections.Frozen;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>A release ready to be served: every address it answers, and each answer's headers, made once.</summary>
internal sealed class ServedRelease
{
    private readonly FrozenDictionary<string, ServedFile> byPath;
    private readonly FrozenDictionary<string, ServedFile>.AlternateLookup<ReadOnlySpan<char>> lookup;

    private ServedRelease(string manifest, Dictionary<string, ServedFile> files, RedirectRules redirects)
    {
        (Manifest, Redirects, Count) = (manifest, redirects, files.Count);
        byPath = files.ToFrozenDictionary(StringComparer.Ordinal);
        lookup = byPath.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Name of its manifest.</summary>
    public string Manifest { get; }

    /// <summary>Addresses it answers.</summary>
    public int Count { get; }

    /// <summary>What <c>_redirects</c> says.</summary>
    public RedirectRules Redirects { get; }

    /// <summary>Reads a release from the store.</summary>
    /// <exception cref="Refusal"><c>blobs.missing</c>.</exception>
    public static async Task<ServedRelease> OpenAsync(IBlobStore blobs, string manifestId, CancellationToken cancel)
    {
        var manifest = await ReleaseManifest.OpenAsync(blobs, manifestId, cancel);
        var extra = HeaderRules.Parse(await TextAsync("_headers"));
        var files = new Dictionary<string, ServedFile>(manifest.Files.Count * 2, StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (file.Path is "_headers" or "_redirects") continue;
            var served = new ServedFile(file, manifest.Policy, extra.For("/" + file.Path));
            foreach (var address in Addresses(file.Path)) files.TryAdd(address, served);
        }
        return new ServedRelease(manifestId, files, RedirectRules.Parse(await TextAsync("_redirects")));

        async Task<string> TextAsync(string path)
        {
            if (manifest.Files.FirstOrDefault(file => file.Path == path) is not { Bytes: < 1 << 20 } found) return "";
            using var reader = new StreamReader(await blobs.OpenAsync(BlobId.Parse(found.Blob), cancel));
            return await reader.ReadToEndAsync(cancel);
        }
    }

    /// <summary>The file at <paramref name="path"/>, which starts with <c>/</c>; null when there is none. Only whole, known addresses match: nothing is resolved, so nothing escapes.</summary>
    public ServedFile? Find(ReadOnlySpan<char> path) => lookup.TryGetValue(path, out var file) ? file : null;

    // The second address of a page is its pretty one: docs/index.html at /docs/, about.html at /about.
    private static IEnumerable<string> Addresses(string path)
    {
        yield return "/" + path;
        if (path == "index.html" || path.EndsWith("/index.html", StringComparison.Ordinal)) yield return "/" + path[..^"index.html".Length];
        else if (path.EndsWith(".html", StringComparison.Ordinal)) yield return "/" + path[..^".html".Length];
    }
}
