using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Rialto.Media;

/// <summary>
/// Assembles PNG files whose upper and lower rows are always the same: those are compressed once, as deflate blocks that end on a byte, and
/// only the rows between are compressed for each card. The blocks follow each other in one zlib stream; its checksum is combined.
/// </summary>
internal sealed class CardPng
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    private readonly byte[] head;
    private readonly byte[] tail;
    private readonly uint topAdler;
    private readonly uint bottomAdler;
    private readonly int middleLength;
    private readonly int bottomLength;

    /// <param name="palette">The colours.</param>
    /// <param name="pixels">All rows of the common ground.</param>
    /// <param name="firstRow">First row that differs between cards.</param>
    /// <param name="endRow">First row after those.</param>
    public CardPng(CardPalette palette, ReadOnlySpan<byte> pixels, int firstRow, int endRow)
    {
        var top = pixels[..(firstRow * CardCanvas.Stride)];
        var bottom = pixels[(endRow * CardCanvas.Stride)..];
        (middleLength, bottomLength) = ((endRow - firstRow) * CardCanvas.Stride, bottom.Length);
        var (topBlocks, adlerOfTop) = Compress(top, CompressionLevel.SmallestSize, last: false);
        var (bottomBlocks, adlerOfBottom) = Compress(bottom, CompressionLevel.SmallestSize, last: true);
        (topAdler, bottomAdler) = (adlerOfTop, adlerOfBottom);

        var writer = new ArrayBufferWriter<byte>();
        writer.Write((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, CardCanvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), CardCanvas.Height);
        (header[8], header[9]) = (8, 3);
        Chunk(writer, "IHDR"u8, header);
        Chunk(writer, "PLTE"u8, palette.Colours);
        Chunk(writer, "IDAT"u8, [0x78, 0x01, .. topBlocks]);
        head = writer.WrittenSpan.ToArray();
        tail = bottomBlocks;
    }

    /// <summary>A PNG with these rows in the middle.</summary>
    public byte[] Make(ReadOnlySpan<byte> middle)
    {
        var (blocks, adler) = Compress(middle, CompressionLevel.Fastest, last: false);
        var whole = Combine(Combine(topAdler, adler, middleLength), bottomAdler, bottomLength);
        var png = new ArrayBufferWriter<byte>(head.Length + blocks.Length + tail.Length + 64);
        png.Write(head);
        Chunk(png, "IDAT"u8, blocks);
        var end = new byte[tail.Length + 4];
        tail.CopyTo(end, 0);
        BinaryPrimitives.WriteUInt32BigEndian(end.AsSpan(tail.Length), whole);
        Chunk(png, "IDAT"u8, end);
        Chunk(png, "IEND"u8, []);
        return png.WrittenSpan.ToArray();
    }

    /// <summary>Deflate blocks without the stream around them. Not the last: they end on a byte and others may follow.</summary>
    private static (byte[] Blocks, uint Adler) Compress(ReadOnlySpan<byte> rows, CompressionLevel level, bool last)
    {
        var memory = new MemoryStream(rows.Length / 16 + 64);
        int flushed;
        using (var zlib = new ZLibStream(memory, level, leaveOpen: true))
        {
            zlib.Write(rows);
            zlib.Flush();
            flushed = (int)memory.Length;
        }
        // The stream ends with the checksum of what went in: taken from there, as the library computes it with wide registers.
        var written = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        return (written[2..(last ? written.Length - 4 : flushed)].ToArray(), BinaryPrimitives.ReadUInt32BigEndian(written[^4..]));
    }

    /// <summary>Adler-32 of two texts in a row from the sums of each and the length of the second (as zlib's <c>adler32_combine</c>).</summary>
    internal static uint Combine(uint first, uint second, long secondLength)
    {
        const uint Prime = 65521;
        ulong length = (ulong)secondLength % Prime, a = first & 0xFFFF;
        var low = (a + (second & 0xFFFF) + Prime - 1) % Prime;
        var high = (length * a % Prime + (first >> 16) + (second >> 16) + Prime - length) % Prime;
        return (uint)(high << 16 | low);
    }

    private static void Chunk(ArrayBufferWriter<byte> png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        BinaryPrimitives.WriteInt32BigEndian(png.GetSpan(4), data.Length);
        png.Advance(4);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(png.GetSpan(4), ~Crc(Crc(uint.MaxValue, type), data));
        png.Advance(4);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data) crc = CrcTable[(byte)(crc ^ value)] ^ crc >> 8;
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
