using System.CommandLine;
using Rialto.Kernel;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary><c>rialto build SOURCE --out DIR</c>: a repository becomes a folder with a site.</summary>
internal static class BuildCommand
{
    public static Command Create(Composition services)
    {
        var source = new Argument<string>("SOURCE") { Description = "A path, a URL or owner/name, with an optional @ref" };
        var output = new Option<string>("--out") { Description = "Folder for the site; replaced when Rialto made it", Required = true };
        var theme = new Option<string?>("--theme") { Description = "Theme; left out, the facts choose" };
        var address = new Option<string?>("--base-url") { Description = "Where the site will stand: needed for canonical links, the sitemap and cards" };
        var settings = new Option<string[]>("--set") { Description = "A setting of rialto.json, as key=value; repeatable" };
        var force = new Option<bool>("--force") { Description = "Replace the folder whatever it holds" };
        var command = new Command("build", "Make a site from a repository") { source, output, theme, address, settings, force };
        command.Example("build . --out site", "a site from the repository you stand in");
        command.Example("build vitejs/vite@v6.0.0 --out site --theme startup-product", "a site of a tag, in a theme of your choice");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var options = new SiteOptions
            {
                Theme = parsed.GetValue(theme), BaseUrl = BaseUrl(parsed.GetValue(address)), Overrides = Overrides(parsed.GetValue(settings) ?? []), CacheFolder = CacheFolders.Sites,
            };
            using var folder = new FolderOutput(parsed.GetRequiredValue(output), parsed.GetValue(force));
            var built = await SiteMaking.RunAsync(services, parsed.GetRequiredValue(source), options, folder, terminal, cancel);
            folder.Finish();
            var report = BuildReport.From(built, parsed.GetRequiredValue(output));
            if (terminal.Json) terminal.WriteJson(report, CliJson.Default.BuildReport);
            else Show(report, built.Report.Warnings, terminal);
            return ExitCodes.Done;
        });
    }

    private static Uri? BaseUrl(string? text)
    {
        if (text is null) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0
            ? url : throw new Refusal("build.base_url", $"--base-url wants an address such as https://example.org/docs/, not \"{text}\".", 400);
    }

    internal static Dictionary<string, string> Overrides(string[] pairs)
    {
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
            overrides[pair.IndexOf('=') is > 0 and var at ? pair[..at] : throw new Refusal("build.set", $"--set wants key=value, not \"{pair}\".", 400)] = pair[(at + 1)..];
        return overrides;
    }

    private static void Show(BuildReport report, IReadOnlyList<SiteWarning> warnings, Terminal terminal)
    {
        terminal.Clear();
        const int shown = 5;
        foreach (var warning in warnings.Take(shown)) terminal.Warn(warning.Path.Length > 0 ? $"{warning.Path}: {warning.Message}" : warning.Message);
        if (warnings.Count > shown) terminal.Warn($"and {warnings.Count - shown} more; see them all with --json");
        terminal.Out.WriteLine($"{report.Out}: {report.Pages} pages, {report.Files} files, {report.Bytes / 1024.0 / 1024.0:0.0} MB in {report.DurationsMs.Values.Sum() / 1000:0.00} s");
        terminal.Out.WriteLine($"theme {report.Theme}: {report.ThemeReason}");
        terminal.Out.WriteLine($"look at it: rialto preview {report.Out}");
    }
}
