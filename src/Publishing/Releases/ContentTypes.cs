using System.Collections.Frozen;

namespace Rialto.Publishing;

/// <summary>Content types by the endings that sites have. What is unknown is offered for download, never guessed from its content.</summary>
internal static class ContentTypes
{
    private static readonly FrozenDictionary<string, string> ByEnding = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8", [".htm"] = "text/html; charset=utf-8", [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8", [".json"] = "application/json", [".map"] = "application/json", [".webmanifest"] = "application/manifest+json",
        [".xml"] = "application/xml", [".rss"] = "application/rss+xml", [".atom"] = "application/atom+xml", [".txt"] = "text/plain; charset=utf-8", [".md"] = "text/markdown; charset=utf-8",
        [".csv"] = "text/csv; charset=utf-8", [".svg"] = "image/svg+xml", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
        [".webp"] = "image/webp", [".avif"] = "image/avif", [".ico"] = "image/x-icon", [".bmp"] = "image/bmp", [".woff2"] = "font/woff2", [".woff"] = "font/woff", [".ttf"] = "font/ttf",
        [".otf"] = "font/otf", [".mp4"] = "video/mp4", [".webm"] = "video/webm", [".mov"] = "video/quicktime", [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".wav"] = "audio/wav",
        [".pdf"] = "application/pdf", [".wasm"] = "application/wasm", [".zip"] = "application/zip", [".gz"] = "application/gzip", [".vtt"] = "text/vtt; charset=utf-8", [".ics"] = "text/calendar; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // The search index is compressed by its maker; a second time gains nothing.
    private static readonly FrozenSet<string> Dense = FrozenSet.ToFrozenSet([".pf_fragment", ".pf_index", ".pf_meta", ".pagefind"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The type of the file at <paramref name="path"/>.</summary>
    public static string Of(string path) => ByEnding.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    /// <summary>True when files of this kind usually shrink.</summary>
    public static bool IsCompressible(string path) => !Dense.Contains(Path.GetExtension(path)) && Of(path) is var type
        && (type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/manifest+json" or "application/xml" or "application/rss+xml"
            or "application/atom+xml" or "image/svg+xml" or "image/bmp" or "image/x-icon" or "font/ttf" or "font/otf" or "application/wasm" or "application/pdf");
}
