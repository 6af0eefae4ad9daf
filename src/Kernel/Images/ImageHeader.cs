using System.Buffers.Binary;

namespace Rialto.Kernel;

/// <summary>Kinds of picture that a browser shows.</summary>
public enum ImageKind { Png, Jpeg, Gif, WebP, Avif, Svg }

/// <summary>What the first bytes of a picture say about it. Reads headers only: nothing is decoded, so it is safe and fast on hostile files.</summary>
/// <param name="Kind">By content, never by file name.</param>
/// <param name="Width">Pixels (an SVG's rounded user units); 0 when an SVG names none.</param>
/// <param name="Height">See <paramref name="Width"/>. A JPEG turned by its EXIF orientation is reported upright.</param>
/// <param name="Animated">More than one frame, as far as the header tells (PNG, GIF, WebP, AVIF).</param>
public sealed record ImageHeader(ImageKind Kind, int Width, int Height, bool Animated)
{
    /// <summary>Longest beginning of a file that is looked at, in bytes; the rest may be left out.</summary>
    public const int LookSizeBytes = 256 * 1024;

    /// <summary>Reads the header, or returns null when <paramref name="file"/> is no picture of these kinds or is cut off before its size.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > LookSizeBytes) file = file[..LookSizeBytes];
        var header = file switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(file),
            [0xFF, 0xD8, 0xFF, ..] => JpegHeader.Read(file),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif(file),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP(file),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => AvifHeader.Read(file),
            _ => SvgHeader.Read(file),
        };
        return header is { Kind: ImageKind.Svg } or { Width: > 0, Height: > 0 } ? header : null;
    }

    private static ImageHeader? Png(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[12..16].SequenceEqual("IHDR"u8)) return null;
        int width = BinaryPrimitives.ReadInt32BigEndian(file[16..]), height = BinaryPrimitives.ReadInt32BigEndian(file[20..]);
        return new(ImageKind.Png, width, height, IsAnimatedPng(file));
    }

    /// <summary>An animated PNG has an <c>acTL</c> chunk before its first <c>IDAT</c>.</summary>
    private static bool IsAnimatedPng(ReadOnlySpan<byte> file)
    {
        for (long at = 33; at + 12 <= file.Length;)
        {
            var chunk = file[(int)at..];
            if (chunk[4..8].SequenceEqual("acTL"u8)) return true;
            if (chunk[4..8].SequenceEqual("IDAT"u8)) return false;
            at += 12 + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }
        return false;
    }

    private static ImageHeader? Gif(ReadOnlySpan<byte> file)
    {
        if (file.Length < 13) return null;
        // The looping extension stands before the first frame of nearly every animation; a second graphic control settles the rest.
        var animated = file.IndexOf("NETSCAPE2.0"u8) >= 0 || file.Count((ReadOnlySpan<byte>)[0x21, 0xF9, 0x04]) > 1;
        return new(ImageKind.Gif, BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), animated);
    }

    private static ImageHeader? WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30) return null;
        if (file[12..16].SequenceEqual("VP8X"u8))
            return new(ImageKind.WebP, 1 + (file[24] | file[25] << 8 | file[26] << 16), 1 + (file[27] | file[28] << 8 | file[29] << 16), (file[20] & 2) != 0);
        if (file[12..16].SequenceEqual("VP8L"u8) && file[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return new(ImageKind.WebP, 1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF), false);
        }
        return file[12..16].SequenceEqual("VP8 "u8) && file[23..26].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? new(ImageKind.WebP, BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF, false)
            : null;
    }
}
