using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Media.Tests.Pictures;

public sealed class PicturesTests(WorkshopFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_png_becomes_avif_and_webp_in_widths_below_its_own()
    {
        fixture.Need();
        var picture = await fixture.Media.Pictures.ConvertAsync(Make.Png(1000, 600), cancel: Cancel);
        (picture.Width, picture.Height, picture.Animated).ShouldBe((1000, 600, false));
        picture.Sources.Select(file => (file.MediaType, file.Width)).ShouldBe(
            [("image/avif", 480), ("image/avif", 960), ("image/avif", 1000), ("image/webp", 480), ("image/webp", 960), ("image/webp", 1000)]);
        foreach (var file in picture.Sources.Append(picture.Fallback))
        {
            var header = ImageHeader.Read(file.Bytes.Span).ShouldNotBeNull();
            (header.Width, header.Height).ShouldBe((file.Width, file.Height));
        }
        picture.Fallback.MediaType.ShouldBe("image/png");
    }

    [Fact]
    public async Task An_animation_stays_an_animation()
    {
        fixture.Need();
        byte[] frame(byte code) => [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, code, 1, 0];
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255, 0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, .. frame(0x44), .. frame(0x4C), 0x3B];
        var picture = await fixture.Media.Pictures.ConvertAsync(gif, cancel: Cancel);
        picture.Animated.ShouldBeTrue();
        picture.Fallback.Bytes.ToArray().ShouldBe(gif);
        ImageHeader.Read(picture.Sources.ShouldHaveSingleItem().Bytes.Span).ShouldBe(new(ImageKind.WebP, 1, 1, true));
    }

    [Fact]
    public async Task Nothing_is_enlarged()
    {
        fixture.Need();
        var picture = await fixture.Media.Pictures.ConvertAsync(Make.Png(40, 30), new() { Avif = false }, Cancel);
        picture.Sources.ShouldHaveSingleItem().Width.ShouldBe(40);
    }

    [Fact]
    public async Task A_picture_that_claims_to_be_enormous_is_refused_before_it_is_decoded()
    {
        var png = Make.Png(4, 4);
        png[16] = 0; png[17] = 1; png[20] = 0; png[21] = 1; // 65,5xx × 65,5xx pixels
        (await Should.ThrowAsync<Refusal>(() => fixture.Media.Pictures.ConvertAsync(png, cancel: Cancel))).Code.ShouldBe("picture.too_large");
        (await Should.ThrowAsync<Refusal>(() => fixture.Media.Pictures.ConvertAsync(new byte[33 * 1024 * 1024], cancel: Cancel))).Code.ShouldBe("picture.too_large");
    }

    [Fact]
    public async Task A_damaged_picture_is_refused_and_text_is_not_a_picture()
    {
        fixture.Need();
        var picture = await fixture.Media.Pictures.ConvertAsync(Make.Png(300, 200), cancel: Cancel);
        var cut = Make.Png(300, 200)[..200];
        (await Should.ThrowAsync<Refusal>(() => fixture.Media.Pictures.ConvertAsync(cut, cancel: Cancel))).Code.ShouldBe("picture.unreadable");
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 16, 0, 16, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xDA, 0, 12];
        (await Should.ThrowAsync<Refusal>(() => fixture.Media.Pictures.ConvertAsync(jpeg, cancel: Cancel))).Code.ShouldBe("picture.unreadable");
        (await Should.ThrowAsync<Refusal>(() => fixture.Media.Pictures.ConvertAsync("hello"u8.ToArray(), cancel: Cancel))).Code.ShouldBe("picture.unreadable");
    }

    [Fact]
    public async Task The_cache_answers_without_a_workshop()
    {
        fixture.Need();
        var folder = Directory.CreateTempSubdirectory("rialto-cache-").FullName;
        try
        {
            var first = await MediaModule.Create(fixture.Workshop, folder).Pictures.ConvertAsync(Make.Png(50, 50), cancel: Cancel);
            await using var none = Workshop.Open(new() { Folder = "/nowhere" });
            var second = await MediaModule.Create(none, folder).Pictures.ConvertAsync(Make.Png(50, 50), cancel: Cancel);
            second.Sources.Select(file => Convert.ToHexString(file.Bytes.Span)).ShouldBe(first.Sources.Select(file => Convert.ToHexString(file.Bytes.Span)));
            (await Should.ThrowAsync<Refusal>(() => MediaModule.Create(none, folder).Pictures.ConvertAsync(Make.Png(51, 50), cancel: Cancel))).Code.ShouldBe("workshop.unavailable");
        }
        finally { Directory.Delete(folder, true); }
    }

    [Fact]
    public async Task An_svg_is_sanitised_and_needs_no_workshop()
    {
        await using var none = Workshop.Open(new() { Folder = "/nowhere" });
        var picture = await MediaModule.Create(none, null).Pictures.ConvertAsync("""<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><script/></svg>"""u8.ToArray(), cancel: Cancel);
        (picture.Width, picture.Height, picture.Fallback.MediaType).ShouldBe((30, 20, "image/svg+xml"));
        Encoding.UTF8.GetString(picture.Fallback.Bytes.Span).ShouldNotContain("script");
    }
}
