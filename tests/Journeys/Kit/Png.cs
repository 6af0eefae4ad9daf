using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Rialto.Journeys;

/// <summary>A PNG of a soft gradient with a few boxes: something for the picture encoders to work on.</summary>
internal static class Png
{
    public static byte[] Screenshot(int width, int height, byte tint)
    {
        using var pixels = new MemoryStream();
        using (var deflate = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + width * 3];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var box = x % 240 > 60 && y % 90 > 55 && x < width - 160;
                    row[1 + x * 3] = (byte)(box ? 235 : 20 + x * 60 / width);
                    row[2 + x * 3] = (byte)(box ? 235 : tint);
                    row[3 + x * 3] = (byte)(box ? 240 : 60 + y * 90 / height);
                }
                deflate.Write(row);
            }
        }
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", pixels.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(Stream png, string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        png.Write(length);
        png.Write(body);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        png.Write(sum);
    }

    private static uint Crc(byte[] body)
    {
        var sum = uint.MaxValue;
        foreach (var one in body)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }
        return ~sum;
    }
}
