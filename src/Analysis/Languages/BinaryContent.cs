using System.Text;

namespace Rialto.Analysis;

/// <summary>Tells bytes that are not text, and turns text of other encodings into one that can be looked at.</summary>
internal static class BinaryContent
{
    private const int ConsideredBytes = 8000;
    private const int LargestConvertedBytes = 128 * 1024;

    /// <summary>True when a zero byte stands in the first 8,000 bytes, as Git decides, unless a byte-order mark announces UTF-16.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("%PDF-"u8)) return true;
        return Utf16(content) is null && content[..Math.Min(content.Length, ConsideredBytes)].Contains((byte)0);
    }

    /// <summary>UTF-8 as it is; UTF-16 (by its byte-order mark) as UTF-8, cut after 128 kB.</summary>
    public static ReadOnlySpan<byte> AsUtf8(ReadOnlySpan<byte> content) =>
        Utf16(content) is { } encoding ? Encoding.UTF8.GetBytes(encoding.GetString(content[2..Math.Min(content.Length, LargestConvertedBytes)])) : content;

    private static Encoding? Utf16(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode : content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
}
