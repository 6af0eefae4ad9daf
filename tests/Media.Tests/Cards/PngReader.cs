using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Shouldly;

namespace Rialto.Media.Tests.Cards;

/// <summary>Reads a palette PNG strictly: every chunk's checksum, the whole zlib stream with its own, every row.</summary>
internal static class PngReader
{
    public static byte[] Pixels(byte[] png)
    {
        var data = new MemoryStream();
        var names = new List<string>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var name = Encoding.ASCII.GetString(png, at + 4, 4);
            names.Add(name);
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)).ShouldBe(Crc(png.AsSpan(at + 4, length + 4)));
            if (name == "IDAT") data.Write(png, at + 8, length);
            at += 12 + length;
        }
        names.ShouldBe(["IHDR", "PLTE", "IDAT", "IDAT", "IDAT", "IEND"]);
        var stream = data.ToArray();
        using var zlib = new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress);
        var rows = new MemoryStream();
        zlib.CopyTo(rows);
        rows.Length.ShouldBe(1201 * 630);
        // .NET ends quietly at a wrong sum; browsers do not.
        BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(stream.Length - 4)).ShouldBe(Adler(rows.ToArray()));
        return [.. rows.ToArray().Chunk(1201).SelectMany(row => row.Skip(1))];
    }

    private static uint Adler(byte[] data)
    {
        uint a = 1, b = 0;
        foreach (var value in data) { a = (a + value) % 65521; b = (b + a) % 65521; }
        return b << 16 | a;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }
        return ~crc;
    }
}
