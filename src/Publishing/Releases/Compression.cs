using System.IO.Compression;

namespace Rialto.Publishing;

/// <summary>Compresses once, when a release is made, as tightly as is sensible for what is sent many times.</summary>
internal static class Compression
{
    // 11 takes ten times as long as 9 for two or three per cent.
    private const int BrotliQuality = 9, BrotliWindow = 22, LeastGainBytes = 64, LeastBytes = 200;

    /// <summary>The bytes in Brotli; null when the gain is not worth a header.</summary>
    public static byte[]? Brotli(ReadOnlySpan<byte> content)
    {
        if (content.Length < LeastBytes) return null;
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, buffer, out var written, BrotliQuality, BrotliWindow) && written + LeastGainBytes < content.Length ? buffer[..written] : null;
    }

    /// <summary>The bytes in gzip; null when the gain is not worth a header.</summary>
    public static byte[]? Gzip(ReadOnlySpan<byte> content)
    {
        if (content.Length < LeastBytes) return null;
        using var target = new MemoryStream(content.Length / 2);
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(content);
        return target.Length + LeastGainBytes < content.Length ? target.ToArray() : null;
    }
}
