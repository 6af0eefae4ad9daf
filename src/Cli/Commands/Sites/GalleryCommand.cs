using System.CommandLine;
using Rialto.Kernel;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary><c>rialto gallery SOURCES --out DIR</c>: the site of each repository, and a page that shows them all.</summary>
internal static class GalleryCommand
{
    public static Command Create(Composition services)
    {
        var sources = new Argument<string[]>("SOURCES") { Description = "What build takes; THEME:SOURCE fixes the theme of one", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "Folder for the gallery; replaced when Rialto made it", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace the folder whatever it holds" };
        var command = new Command("gallery", "Make sites from many repositories, and a page that shows them") { sources, output, force };
        command.Example("gallery gin-gonic/gin startup-product:vitejs/vite --out gallery", "two sites, the second in a theme of your choice");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            using var folder = new FolderOutput(parsed.GetRequiredValue(output), parsed.GetValue(force));
            var entries = new List<GalleryEntry>();
            foreach (var source in parsed.GetRequiredValue(sources))
            {
                terminal.Report($"{entries.Count + 1}. {source}");
                entries.Add(await BuildAsync(services, source, folder.StagingFolder, terminal, cancel));
            }
            if (Screenshots.Find() is { } camera)
                for (var index = 0; index < entries.Count; index++)
                {
                    terminal.Report($"Picture {index + 1}/{entries.Count}");
                    entries[index] = entries[index] with { Pictures = await camera.TakeAsync(folder.StagingFolder, entries[index].Folder, services.Media.Pictures, cancel) };
                }
            else terminal.Warn($"Chromium is not installed, so the gallery has no pictures; get it with {Installing.Command("chromium")}");
            await File.WriteAllTextAsync(Path.Combine(folder.StagingFolder, "index.html"), GalleryPage.Html(entries), cancel);
            folder.Finish();
            if (terminal.Json) terminal.WriteJson(new GalleryReport(parsed.GetRequiredValue(output), entries), CliJson.Default.GalleryReport);
            else terminal.Out.WriteLine($"{parsed.GetRequiredValue(output)}/index.html: {entries.Count} sites, {entries.Sum(entry => entry.Pages)} pages in {entries.Sum(entry => entry.Seconds):0.0} s");
            return ExitCodes.Done;
        });
    }

    private static async Task<GalleryEntry> BuildAsync(Composition services, string name, string root, Terminal terminal, CancellationToken cancel)
    {
        var (theme, source) = Split(name);
        var next = Path.Combine(root, "next");
        using var output = new FolderOutput(next);
        var built = await SiteMaking.RunAsync(services, source, new SiteOptions { Theme = theme, CacheFolder = CacheFolders.Sites }, output, terminal, cancel);
        output.Finish();
        var folder = FolderOf(built.Facts.Title.Value, root);
        Directory.Move(next, Path.Combine(root, folder));
        return GalleryEntry.From(built, folder, theme is not null);
    }

    internal static (string? Theme, string Source) Split(string name) =>
        name.IndexOf(':') is > 0 and var at && SitesModule.Themes.Contains(name[..at]) ? (name[..at], name[(at + 1)..]) : (null, name);

    // A folder that no other site of the gallery has, of letters and digits that every host and every file system takes.
    internal static string FolderOf(string title, string root)
    {
        var plain = string.Join('-', new string([.. title.ToLowerInvariant().Select(one => char.IsAsciiLetterOrDigit(one) ? one : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (plain.Length == 0) plain = "site";
        var folder = plain;
        for (var number = 2; Directory.Exists(Path.Combine(root, folder)); number++) folder = $"{plain}-{number}";
        return folder;
    }
}
