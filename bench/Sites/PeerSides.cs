namespace Rialto.Bench;

/// <summary>The other generators at work on the same pages. What cannot be had is a side that says so.</summary>
internal sealed class PeerSides(SiteGround ground, PeerTools? tools, int pages)
{
    private static readonly Dictionary<string, string> Quiet = new() { ["ASTRO_TELEMETRY_DISABLED"] = "1", ["NO_COLOR"] = "1" };

    public Side Hugo()
    {
        if (Child.Locate("hugo") is not { } hugo) return new Side("hugo", null);
        var project = ground.Project("hugo", "content", pages);
        return new Side("hugo", cancel => Child.RunAsync(project, hugo, ["--quiet", "-d", ground.Fresh("hugo-out")], Quiet, cancel));
    }

    public Side Eleventy() => OnNode("eleventy", "content", "@11ty/eleventy/cmd.cjs", output => ["--quiet", $"--output={output}"]);

    public Side Astro() => OnNode("astro", "content", "astro/bin/astro.mjs", output => ["build", "--outDir", output]);

    public Side VitePress() => OnNode("vitepress", "", "vitepress/bin/vitepress.js", output => ["build", "--outDir", output]);

    private Side OnNode(string name, string content, string script, Func<string, string[]> arguments)
    {
        if (tools is null || !File.Exists(tools.Script(script))) return new Side(name, null);
        var project = ground.Project(name, content, pages);
        return new Side(name, cancel => Child.RunAsync(project, tools.Node, [tools.Script(script), .. arguments(ground.Fresh($"{name}-out"))], Quiet, cancel));
    }
}
