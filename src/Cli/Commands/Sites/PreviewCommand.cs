using System.CommandLine;
using System.Diagnostics;
using Rialto.Kernel;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary><c>rialto preview DIR|SOURCE</c>: look at a site on this machine; a work tree is built anew at every change, committed or not.</summary>
internal static class PreviewCommand
{
    public static Command Create(Composition services)
    {
        var source = new Argument<string>("SOURCE") { Description = "A built site, a work tree, or any source that build takes", DefaultValueFactory = _ => "." };
        var port = new Option<int>("--port") { Description = "Port on this machine; 0 for any that is free", DefaultValueFactory = _ => 4848 };
        var theme = new Option<string?>("--theme") { Description = "Theme; left out, the facts choose" };
        var settings = new Option<string[]>("--set") { Description = "A setting of rialto.json, as key=value; repeatable" };
        var quiet = new Option<bool>("--no-open") { Description = "Do not open a browser" };
        var command = new Command("preview", "Look at a site, rebuilt while you write") { source, port, theme, settings, quiet };
        command.Example("preview", "the repository you stand in, with changes that are not committed");
        command.Example("preview site --port 0 --no-open", "a site that was built before");
        return command.Runs(async (parsed, terminal, cancel) =>
        {
            var name = parsed.GetRequiredValue(source);
            var options = new SiteOptions { Theme = parsed.GetValue(theme), Overrides = BuildCommand.Overrides(parsed.GetValue(settings) ?? []), CacheFolder = CacheFolders.Sites };
            var root = IsBuilt(name) ? null : WorkTree.RootOf(name);
            var site = new PreviewSite(IsBuilt(name) ? (output, token) => CopyAsync(name, output, token) : (output, token) => BuildAsync(services, name, root, options, output, terminal, token));
            await site.BuildAsync(cancel);
            if (site.Failure is { } failure && root is null) throw new Refusal("preview.failed", failure);
            await using var server = await PreviewServer.StartAsync(site, parsed.GetValue(port), cancel);
            var address = server.Urls.First();
            terminal.Clear();
            terminal.Out.WriteLine($"{address}  {site.Summary}");
            if (!parsed.GetValue(quiet)) Browser.Open(address);
            await FollowAsync(site, IsBuilt(name) ? name : root, terminal, cancel);
            return ExitCodes.Done;
        });
    }

    private static bool IsBuilt(string name) => File.Exists(Path.Combine(name, FolderOutput.MarkName));

    private static async Task FollowAsync(PreviewSite site, string? root, Terminal terminal, CancellationToken cancel)
    {
        if (root is null)
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return;
        }
        using var watch = new ChangeWatch(root);
        while (true)
        {
            await watch.WaitAsync(cancel);
            await site.BuildAsync(cancel);
            terminal.Clear();
            terminal.Out.WriteLine(site.Summary);
        }
    }

    private static async Task<string> BuildAsync(Composition services, string name, string? root, SiteOptions options, ISiteOutput output, Terminal terminal, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        await using var commit = await services.Sources.OpenAsync(root ?? name, progress: terminal, cancel: cancel);
        await using var tree = root is null ? null : await WorkTree.ReadAsync(root, commit, cancel);
        var built = await SiteMaking.RunAsync(services, tree ?? commit, options, output, terminal, since, cancel);
        return $"{built.Report.Pages} pages, {built.Report.Theme}, {built.Report.Warnings.Count} warnings";
    }

    private static async Task<string> CopyAsync(string folder, ISiteOutput output, CancellationToken cancel)
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await output.WriteAsync(Path.GetRelativePath(folder, file).Replace('\\', '/'), await File.ReadAllBytesAsync(file, cancel), cancel);
            count++;
        }
        return $"{count} files";
    }
}
