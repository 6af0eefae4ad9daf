using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Cli;

/// <summary>Takes pictures of finished sites with Chromium.</summary>
/// <param name="program">The browser.</param>
internal sealed class Screenshots(string program)
{
    private const int WidthPx = 1440, HeightPx = 960, KeptWidthPx = 960;

    /// <summary>With the Chromium of this machine; null when there is none.</summary>
    public static Screenshots? Find() =>
        new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }.Select(Programs.OnPath).FirstOrDefault(path => path is not null) is { } found ? new Screenshots(found) : null;

    /// <summary>Pictures of a site's start page, light and dark, written to <c>pictures/</c> of the gallery.</summary>
    /// <param name="gallery">The gallery's folder.</param>
    /// <param name="site">The site's folder in it.</param>
    public async Task<GalleryPictures> TakeAsync(string gallery, string site, IPictures pictures, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(gallery, "pictures"));
        var light = await TakeAsync(gallery, site, "light", pictures, cancel);
        var dark = await TakeAsync(gallery, site, "dark", pictures, cancel);
        return new GalleryPictures(light, dark, KeptWidthPx, HeightPx * KeptWidthPx / WidthPx);
    }

    private async Task<string> TakeAsync(string gallery, string site, string scheme, IPictures pictures, CancellationToken cancel)
    {
        var work = Directory.CreateTempSubdirectory("rialto-picture-").FullName;
        try
        {
            var shot = Path.Combine(work, "shot.png");
            // Pages of strangers, but our own scripts only: the sandbox is off only for root, which Chromium demands.
            List<string> arguments =
            [
                "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                $"--blink-settings=preferredColorScheme={(scheme == "dark" ? 0 : 1)}", "--force-prefers-reduced-motion", $"--user-data-dir={Path.Combine(work, "profile")}",
                $"--window-size={WidthPx},{HeightPx}", "--virtual-time-budget=4000", $"--screenshot={shot}", new Uri(Path.Combine(gallery, site, "index.html")).AbsoluteUri,
            ];
            if (Environment.UserName == "root") arguments.Insert(0, "--no-sandbox");
            var run = await ChildProcess.RunAsync(new ChildCommand(program, arguments) { TimeoutSeconds = 60, Environment = new Dictionary<string, string?> { ["HOME"] = work } }, cancel: cancel);
            run.OrRefuse("gallery.no_picture", $"Chromium could not take a picture of {site}.");
            var made = await pictures.ConvertAsync(await File.ReadAllBytesAsync(shot, cancel), new PictureRequest { Widths = [KeptWidthPx], Avif = false }, cancel);
            var best = made.Sources.FirstOrDefault(file => file.MediaType == "image/webp") ?? made.Fallback;
            var name = $"pictures/{site}-{scheme}{best.Extension}";
            await File.WriteAllBytesAsync(Path.Combine(gallery, name), best.Bytes, cancel);
            return name;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
