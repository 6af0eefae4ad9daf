using System.Buffers.Binary;

namespace Rialto.Kernel;

/// <summary>Finds the largest <c>ispe</c> property in an AVIF file's <c>meta</c> box (ISO/IEC 23008-12): the size of the whole picture, not of a tile or thumbnail.</summary>
internal static class AvifHeader
{
    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16) return null;
        var brandsLength = Math.Min((int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), 256), file.Length);
        if (brandsLength < 12) return null;
        var brands = file[8..brandsLength];
        bool still = brands.IndexOf("avif"u8) >= 0, moving = brands.IndexOf("avis"u8) >= 0;
        if (!still && !moving) return null;
        int width = 0, height = 0;
        for (var rest = file; ;)
        {
            var found = rest.IndexOf("ispe"u8);
            if (found < 0 || found + 16 > rest.Length) break;
            int w = BinaryPrimitives.ReadInt32BigEndian(rest[(found + 8)..]), h = BinaryPrimitives.ReadInt32BigEndian(rest[(found + 12)..]);
            if (w > 0 && h > 0 && (long)w * h > (long)width * height) (width, height) = (w, h);
            rest = rest[(found + 16)..];
        }
        return width == 0 ? null : new(ImageKind.Avif, width, height, moving);
    }
}
