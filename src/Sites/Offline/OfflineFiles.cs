using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Rialto.Sites;

/// <summary>What makes a site installable and readable without a connection: the manifest, the service worker, the offline page.</summary>
internal static class OfflineFiles
{
    public const string WorkerRegistration = "assets/offline.js";

    public static async Task WriteAsync(SiteModel model, CountingOutput output, CancellationToken cancel)
    {
        await output.WriteAsync("manifest.webmanifest", Manifest(model), cancel);
        await output.WriteAsync(WorkerRegistration, Resources.Bytes("offline.js"), cancel);
        var shell = output.Files.Keys.Where(IsShell).Order(StringComparer.Ordinal).ToList();
        var version = output.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Aggregate(17UL, (hash, file) => (hash ^ file.Value.Hash) * 1099511628211UL ^ hash >> 31);
        var list = "[" + string.Join(",", shell.Select(path => $"\"{JsonEncodedText.Encode(Paths.Href("", path))}\"")) + "]";
        await output.WriteTextAsync("sw.js", Resources.Text("sw.js").Replace("__VERSION__", version.ToString("x16", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("__SHELL__", list, StringComparison.Ordinal), cancel);
    }

    /// <summary>What every page needs; pages themselves, pictures and the search index come into the cache when they are read.</summary>
    private static bool IsShell(string path) =>
        path is "index.html" or "404.html" or "manifest.webmanifest" or "favicon.svg" || path.StartsWith("assets/", StringComparison.Ordinal) && path.IndexOf('/', 7) < 0 && (path.EndsWith(".css", StringComparison.Ordinal) || path.EndsWith(".js", StringComparison.Ordinal)) && path != ContentAssets.DiagramScript;

    private static ReadOnlyMemory<byte> Manifest(SiteModel model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("name", model.Title);
        json.WriteString("short_name", Titles.Shorten(model.Title, 24));
        json.WriteString("description", model.Pages[0].Description);
        json.WriteString("lang", model.Language);
        json.WriteString("dir", model.Direction);
        // Relative to the manifest: the site may stand under any path.
        json.WriteString("start_url", "./");
        json.WriteString("scope", "./");
        json.WriteString("display", "minimal-ui");
        json.WriteString("background_color", "#ffffff");
        json.WriteString("theme_color", model.Accent ?? "#ffffff");
        json.WriteStartArray("icons");
        foreach (var icon in model.Icons)
        {
            var size = icon switch { "icon-192.png" => "192x192", "icon-512.png" or "icon-maskable-512.png" => "512x512", "favicon.svg" => "any", _ => null };
            if (size is null) continue;
            json.WriteStartObject();
            json.WriteString("src", icon);
            json.WriteString("sizes", size);
            json.WriteString("type", icon.EndsWith(".svg", StringComparison.Ordinal) ? "image/svg+xml" : "image/png");
            if (icon.Contains("maskable", StringComparison.Ordinal)) json.WriteString("purpose", "maskable");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
