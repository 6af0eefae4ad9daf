using System.Buffers.Binary;

namespace Rialto.Kernel;

/// <summary>Walks a JPEG's segments to its frame header (ISO/IEC 10918-1, annex B), minding the EXIF orientation.</summary>
internal static class JpegHeader
{
    public static ImageHeader? Read(ReadOnlySpan<byte> file)
    {
        var turned = false;
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF) return null;
            var marker = file[at + 1];
            if (marker == 0xFF) { at++; continue; }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) { at += 2; continue; }
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2) return null;
            var body = file[Math.Min(at + 4, file.Length)..Math.Min(at + 2 + length, file.Length)];
            // SOF0…SOF15, without the Huffman table (C4), JPG extension (C8) and arithmetic conditioning (CC) markers.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return body.Length < 5 ? null : Upright(BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]), turned);
            if (marker == 0xDA) return null;
            if (marker == 0xE1) turned = Orientation(body) >= 5;
            at += 2 + length;
        }
        return null;
    }

    private static ImageHeader Upright(int width, int height, bool turned) =>
        turned ? new(ImageKind.Jpeg, height, width, false) : new(ImageKind.Jpeg, width, height, false);

    /// <summary>Tag 0x0112 of the first directory of the EXIF block; 1 (upright) when there is none.</summary>
    private static int Orientation(ReadOnlySpan<byte> body)
    {
        if (body.Length < 22 || !body.StartsWith("Exif\0\0"u8)) return 1;
        var tiff = body[6..];
        var little = tiff[0] == (byte)'I';
        long directory = Int(tiff[4..], 4, little);
        if (directory < 8 || directory + 2 > tiff.Length) return 1;
        var entries = tiff[(int)directory..];
        var count = (int)Int(entries, 2, little);
        for (var entry = 0; entry < count && 2 + entry * 12 + 12 <= entries.Length; entry++)
        {
            var field = entries[(2 + entry * 12)..];
            if (Int(field, 2, little) == 0x0112) return (int)Int(field[8..], 2, little);
        }
        return 1;
    }

    private static long Int(ReadOnlySpan<byte> bytes, int size, bool little) => (size, little) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };
}
