using Shouldly;

namespace Rialto.Kernel.Tests.Workshop;

public sealed class WorkshopAssetsTests
{
    [Fact]
    public void Only_listed_files_can_be_read()
    {
        var assets = Kernel.Workshop.Assets();
        Assert.SkipWhen(assets.Names.Count == 0, "The workshop's packages are not installed.");
        assets.Names.ShouldContain("katex/katex.min.css");
        assets.Names.ShouldContain("mermaid/mermaid.min.js");
        assets.Names.Where(name => name.StartsWith("katex/fonts/")).ShouldAllBe(name => name.EndsWith(".woff2"));
        System.Text.Encoding.UTF8.GetString(assets.Read("katex/katex.min.css").Span).ShouldContain("KaTeX_Main");
        foreach (var name in (string[])["katex/../sharp/package.json", "sharp/package.json", "/etc/passwd", ""])
            Should.Throw<Refusal>(() => assets.Read(name)).Code.ShouldBe("workshop.asset_unknown");
    }

    [Fact]
    public void Without_a_workshop_there_is_nothing_to_read() =>
        Kernel.Workshop.Assets(new() { Folder = "/nowhere" }).Names.ShouldBeEmpty();
}
