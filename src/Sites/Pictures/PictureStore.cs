using System.Collections.Concurrent;
using System.Text;
using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Sites;

/// <summary>The repository's pictures as the site carries them: converted where Media can, copied otherwise, each once.</summary>
internal sealed class PictureStore(TreeIndex tree, ISiteOutput output, IPictures? pictures, WarningList warnings)
{
    private const long MaxCopiedBytes = 24L * 1024 * 1024;
    private static readonly PictureRequest InText = new() { Widths = [768, 1536], Avif = false };
    private readonly ConcurrentDictionary<string, SitePicture> ready = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> copied = new(StringComparer.Ordinal);

    /// <summary>A picture by its path in the tree, with the words for who cannot see it; null when it was not prepared.</summary>
    public SitePicture? Find(string path, string alt) => ready.TryGetValue(path, out var picture) ? picture with { Alt = alt } : null;

    /// <summary>Site address of a copied file that is not a picture.</summary>
    public string? FindFile(string path) => copied.GetValueOrDefault(path);

    /// <summary>Makes every path of <paramref name="paths"/> available; those that cannot be read become warnings.</summary>
    public async Task PrepareAsync(IEnumerable<string> paths, CancellationToken cancel) =>
        await Parallel.ForEachAsync(paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), cancel, async (path, token) => await OneAsync(path, token));

    private async Task OneAsync(string path, CancellationToken cancel)
    {
        if (tree.File(path) is not { } entry) return;
        var type = PictureTypes.Of(path);
        if (type is null || entry.Bytes > MaxCopiedBytes) return;
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = await tree.Tree.ReadAsync(entry, cancel);
        }
        catch (Refusal missing) when (missing.Code == "repository.object_missing")
        {
            // A clone without its large files still has a site.
            warnings.Add("picture.missing", path, missing.Message);
            return;
        }
        if (IsLargeFilePointer(bytes.Span))
        {
            warnings.Add("picture.missing", path, "The picture is kept in Git LFS, which holds only a pointer here.");
            return;
        }
        var slug = Slugger.Slug(Titles.FileStem(path));
        var stem = $"assets/media/{(slug.Length is > 0 and <= 60 && slug.All(char.IsAscii) ? slug : "picture")}-{entry.ObjectId[..Math.Min(8, entry.ObjectId.Length)]}";
        if (type.StartsWith("video/", StringComparison.Ordinal))
        {
            var url = stem + Path.GetExtension(path).ToLowerInvariant();
            await output.WriteAsync(url, bytes, cancel);
            copied[path] = url;
            return;
        }
        await ConvertAsync(path, stem, type, bytes, cancel);
    }

    private async Task ConvertAsync(string path, string stem, string type, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        ConvertedPicture? converted = null;
        if (pictures is not null)
            try
            {
                converted = await pictures.ConvertAsync(bytes, InText, cancel);
            }
            catch (Refusal refusal)
            {
                if (refusal.Code != "workshop.unavailable") warnings.Add("picture.unreadable", path, refusal.Message);
                if (refusal.Code is "picture.unreadable") return;
            }
        if (converted is not null) await WriteConvertedAsync(path, stem, converted, cancel);
        // An SVG is a document with scripts of its own: without the sanitiser it is not carried along.
        else if (type != "image/svg+xml") await CopyAsync(path, stem + Path.GetExtension(path).ToLowerInvariant(), bytes, cancel);
    }

    private async Task CopyAsync(string path, string url, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var size = ImageHeader.Read(bytes.Span);
        if (size is null or { Kind: ImageKind.Svg })
        {
            warnings.Add("picture.unreadable", path, "The file is not a picture of a kind that browsers show.");
            return;
        }
        await output.WriteAsync(url, bytes, cancel);
        ready[path] = new SitePicture(url, "", size.Width, size.Height, PictureKind.Picture, [], null);
    }

    private async Task WriteConvertedAsync(string path, string stem, ConvertedPicture converted, CancellationToken cancel)
    {
        var url = stem + converted.Fallback.Extension;
        await output.WriteAsync(url, converted.Fallback.Bytes, cancel);
        var sources = new List<PictureSource>();
        foreach (var group in converted.Sources.GroupBy(file => file.MediaType))
        {
            var candidates = new List<string>();
            foreach (var file in group)
            {
                var name = $"{stem}-{file.Width}{file.Extension}";
                await output.WriteAsync(name, file.Bytes, cancel);
                candidates.Add($"{name} {file.Width}w");
            }
            sources.Add(new PictureSource(group.Key, string.Join(", ", candidates)));
        }
        ready[path] = new SitePicture(url, "", converted.Width, converted.Height, PictureKind.Picture, sources, null);
    }

    private static bool IsLargeFilePointer(ReadOnlySpan<byte> bytes) => bytes.Length < 1024 && bytes.StartsWith("version https://git-lfs.github.com/"u8);
}
