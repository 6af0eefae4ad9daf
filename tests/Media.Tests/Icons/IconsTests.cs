using System.Buffers.Binary;
using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Media.Tests.Icons;

public sealed class IconsTests(WorkshopFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_whole_set_is_made_from_a_logo_or_from_initials(bool logo)
    {
        fixture.Need();
        var icons = await fixture.Media.Icons.MakeAsync(new() { Name = "my-great-tool", Accent = "#c2255c", Logo = logo ? Make.Png(100, 80) : null }, Cancel);
        icons.Select(icon => (icon.Name, icon.SizePixels, icon.Maskable)).ShouldBe(
            [("favicon.svg", 0, false), ("favicon.ico", 0, false), ("icon-32.png", 32, false), ("apple-touch-icon.png", 180, false), ("icon-192.png", 192, false), ("icon-512.png", 512, false), ("icon-maskable-512.png", 512, true)]);
        foreach (var icon in icons.Where(icon => icon.SizePixels > 0)) ImageHeader.Read(icon.Bytes.Span).ShouldBe(new(ImageKind.Png, icon.SizePixels, icon.SizePixels, false));
        var ico = icons[1].Bytes.ToArray();
        BinaryPrimitives.ReadInt16LittleEndian(ico.AsSpan(4)).ShouldBe((short)3);
        for (var i = 0; i < 3; i++)
            ImageHeader.Read(ico.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(ico.AsSpan(6 + i * 16 + 12))))!.Width.ShouldBe(ico[6 + i * 16]);
        if (Environment.GetEnvironmentVariable("RIALTO_KEEP_CARDS") is { } folder) foreach (var icon in icons.Where(icon => icon.SizePixels > 0)) File.WriteAllBytes(Path.Combine(folder, $"z{logo}-{icon.Name}"), icon.Bytes.ToArray());
    }

    [Theory]
    [InlineData("my-great-tool", "MG")]
    [InlineData("FastAPI", "FA")]
    [InlineData("deno", "D")]
    [InlineData("東京", "東")]
    [InlineData("مشروع كبير", "م")]
    [InlineData("--", "")]
    public void Initials_are_the_letters_a_reader_would_choose(string name, string initials) => Initials.Of(name).ShouldBe(initials);

    [Fact]
    public async Task Without_a_workshop_the_svg_is_there_and_a_hostile_name_stays_text()
    {
        await using var none = Workshop.Open(new() { Folder = "/nowhere" });
        var icon = (await MediaModule.Create(none, null).Icons.MakeAsync(new() { Name = "<script>", Accent = "red\"/>" }, Cancel)).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(icon.Bytes.Span).ShouldContain("fill=\"#3b5bdb\"");
    }

    [Fact]
    public async Task Initials_are_outlines_that_need_no_font_of_the_reader()
    {
        fixture.Need();
        var svg = Encoding.UTF8.GetString((await fixture.Media.Icons.MakeAsync(new() { Name = "東京" }, Cancel))[0].Bytes.Span);
        svg.ShouldContain("<path d=\"M");
        svg.ShouldNotContain("<text");
    }

    [Fact]
    public async Task An_unreadable_logo_gives_way_to_initials()
    {
        fixture.Need();
        (await fixture.Media.Icons.MakeAsync(new() { Name = "tool", Logo = Make.Png(64, 64)[..120] }, Cancel)).Count.ShouldBe(7);
    }
}
