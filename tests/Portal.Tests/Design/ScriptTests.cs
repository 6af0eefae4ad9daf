using System.Diagnostics;
using Shouldly;

namespace Rialto.Portal.Tests;

public sealed class ScriptTests
{
    private static readonly string Web = Path.Combine(Checkout.Folder, "src", "Portal", "web");

    [Fact]
    public async Task The_committed_script_is_what_its_sources_give()
    {
        var bundler = Path.Combine(Web, "node_modules", ".bin", "esbuild");
        if (!File.Exists(bundler)) Assert.Skip("The packages of src/Portal/web are not installed: npm --prefix src/Portal/web ci --ignore-scripts");
        using var process = Process.Start(new ProcessStartInfo(bundler, ["src/portal.ts", "--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"]) { WorkingDirectory = Web, RedirectStandardOutput = true })!;
        var made = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        made.ShouldBe(await File.ReadAllTextAsync(Path.Combine(Web, "portal.js"), TestContext.Current.CancellationToken), "Run npm run build in src/Portal/web.");
    }

    [Fact]
    public void HTML_becomes_elements_in_one_place()
    {
        var places = Directory.EnumerateFiles(Path.Combine(Web, "src")).Where(file => File.ReadAllText(file) is var text && (text.Contains("innerHTML") || text.Contains("insertAdjacentHTML") || text.Contains("document.write"))).Select(Path.GetFileName);
        places.ShouldBe(["html.ts"]);
    }
}

internal static class Checkout
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
            if (File.Exists(Path.Combine(here.FullName, "Rialto.slnx"))) return here.FullName;
        throw new DirectoryNotFoundException("No Rialto.slnx above the tests.");
    }
}
