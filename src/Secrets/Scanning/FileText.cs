using System.Text;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// How a file's bytes are read. UTF-16 is recognised by its mark; everything else is scanned as it is, one letter per byte, which
/// leaves UTF-8 and even binary content intact around what is replaced.
/// </summary>
internal static class FileText
{
    private const int BinaryProbeBytes = 8000;
    private const int MaxBinaryBytes = 1024 * 1024;

    /// <summary>The encoding of a file whose letters have two bytes; null when its bytes are scanned themselves.</summary>
    public static Encoding? WideEncodingOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        return bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>Whether a file is looked into: all but large binary ones.</summary>
    public static bool IsScanned(ReadOnlySpan<byte> bytes) => bytes.Length <= MaxBinaryBytes || WideEncodingOf(bytes) is not null || !IsBinary(bytes);

    /// <summary>Whether a NUL stands near the beginning, as Git decides it.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, BinaryProbeBytes)].Contains((byte)0);
}
