using System.Text;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// A file's bytes as text that can be written back byte for byte. UTF-16 is recognised by its mark; everything else is read as
/// Latin-1, one character per byte, which leaves UTF-8 and even binary content intact around what is replaced.
/// </summary>
internal static class FileText
{
    private const int BinaryProbeBytes = 8000;
    private const int MaxBinaryBytes = 1024 * 1024;

    /// <summary>The encoding to read and write with, or null for content that is not looked into: large binary files.</summary>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        return bytes.Length > MaxBinaryBytes && IsBinary(bytes) ? null : Encoding.Latin1;
    }

    /// <summary>Whether a NUL stands near the beginning, as Git decides it.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, BinaryProbeBytes)].Contains((byte)0);
}
