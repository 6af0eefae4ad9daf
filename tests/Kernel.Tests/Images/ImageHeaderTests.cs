using System.Text;
using Shouldly;

namespace Rialto.Kernel.Tests.Images;

public sealed class ImageHeaderTests
{
    private static byte[] Exif(byte orientation) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xC2, 0, 17, 8, 0, 20, 0, 30, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void A_jpeg_is_read_through_its_segments_and_turned_upright()
    {
        ImageHeader.Read(Exif(1)).ShouldBe(new(ImageKind.Jpeg, 30, 20, false));
        ImageHeader.Read(Exif(6)).ShouldBe(new(ImageKind.Jpeg, 20, 30, false));
    }

    [Fact]
    public void Every_cut_of_a_file_is_read_or_refused_but_never_a_crash()
    {
        foreach (var file in (byte[][])[Exif(6), [.. "GIF89a"u8, 5, 0, 6, 0, 0, 0, 0], [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 8, 0, 0],
            [0, 0, 0, 28, .. "ftypavif"u8, 0, 0, 0, 0, .. "avifmif1miaf"u8, 0, 0, 0, 20, .. "ispe"u8, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 8]])
        {
            ImageHeader.Read(file).ShouldNotBeNull();
            for (var length = 0; length < file.Length; length++) _ = ImageHeader.Read(file.AsSpan(0, length));
        }
    }

    [Theory]
    [InlineData("<svg width=\"10\" height=\"20px\"/>", 10, 20)]
    [InlineData("<?xml version=\"1.0\"?><!-- a > b --><svg viewBox='0 0 30 40' xmlns='x'>", 30, 40)]
    [InlineData("<svg width=\"100%\" viewBox=\"0,0,3.4,5.6\">", 3, 6)]
    [InlineData("<svg width=\"1in\" height=\"25.4mm\">", 96, 96)]
    [InlineData("<svg width=\"50\" viewBox=\"0 0 100 20\">", 50, 10)]
    [InlineData("<svg>", 0, 0)]
    public void An_svg_is_read_by_its_lengths_or_its_box(string svg, int width, int height) =>
        ImageHeader.Read(Encoding.UTF8.GetBytes(svg)).ShouldBe(new(ImageKind.Svg, width, height, false));

    [Theory, InlineData(""), InlineData("hello"), InlineData("<html><body>"), InlineData("GIF89a"), InlineData("# Title <svgx>")]
    public void What_is_no_picture_is_null(string text) => ImageHeader.Read(Encoding.UTF8.GetBytes(text)).ShouldBeNull();
}
