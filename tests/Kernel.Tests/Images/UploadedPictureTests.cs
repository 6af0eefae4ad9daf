using System.Buffers.Binary;
using System.Text;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class UploadedPictureTests
{
    [Fact]
    public void A_picture_passes_by_its_content()
    {
        var header = UploadedPicture.Require(Png(640, 480), "image/png", 10_000);
        (header.Kind, header.Width, header.Height, UploadedPicture.TypeOf(header.Kind)).ShouldBe((ImageKind.Png, 640, 480, "image/png"));
        UploadedPicture.Require(Png(1, 1), null, 10_000).Kind.ShouldBe(ImageKind.Png);
        UploadedPicture.Require(Png(1, 1), "application/octet-stream", 10_000).Kind.ShouldBe(ImageKind.Png);
        UploadedPicture.Require(Png(1, 1), "IMAGE/PNG; charset=x", 10_000).Kind.ShouldBe(ImageKind.Png);
    }

    [Theory]
    [InlineData("<html><script>alert(1)</script></html>", "image/png", "upload.not_a_picture")]
    [InlineData("#!/bin/sh\nrm -rf /", null, "upload.not_a_picture")]
    [InlineData("MZ\u0090\u0000program", "image/jpeg", "upload.not_a_picture")]
    [InlineData("", null, "upload.not_a_picture")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><script>alert(1)</script></svg>", "image/svg+xml", "upload.kind_closed")]
    public void What_only_says_it_is_one_does_not(string content, string? declared, string code) =>
        Should.Throw<Refusal>(() => UploadedPicture.Require(Encoding.Latin1.GetBytes(content), declared, 10_000)).Code.ShouldBe(code);

    [Fact]
    public void A_wrong_name_too_many_bytes_and_too_many_pixels_are_told_apart()
    {
        Should.Throw<Refusal>(() => UploadedPicture.Require(Png(1, 1), "image/gif", 10_000)).Code.ShouldBe("upload.type_differs");
        Should.Throw<Refusal>(() => UploadedPicture.Require(Png(1, 1), "text/html", 10_000)).Code.ShouldBe("upload.type_differs");
        Should.Throw<Refusal>(() => UploadedPicture.Require(Png(1, 1), "image/png", 20)).Code.ShouldBe("upload.too_large");
        Should.Throw<Refusal>(() => UploadedPicture.Require(Png(60_000, 60_000), "image/png", 10_000)).Code.ShouldBe("upload.too_many_pixels");
        Should.Throw<Refusal>(() => UploadedPicture.Require(Png(1, 1), "image/png", 10_000, [ImageKind.Jpeg])).Code.ShouldBe("upload.kind_closed");
    }

    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[57];
        ((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R']).CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }
}
