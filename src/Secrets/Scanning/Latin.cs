using System.Buffers;

namespace Rialto.Secrets.Scanning;

/// <summary>Texts as one byte per letter, the form that is scanned, so that places in the bytes are places in the text.</summary>
internal static class Latin
{
    /// <summary>Letters as bytes; those that Latin-1 does not have become ÿ, which is in no secret that a machine made.</summary>
    public static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (var at = 0; at < text.Length; at++) bytes[at] = text[at] > 0xFF ? (byte)0xFF : (byte)text[at];
    }

    /// <summary>Bytes as letters.</summary>
    public static void Widen(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        for (var at = 0; at < bytes.Length; at++) text[at] = (char)bytes[at];
    }

    /// <summary>A rented array with the narrowed text; give it back to <see cref="ArrayPool{T}.Shared"/>.</summary>
    public static byte[] Rent(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        Narrow(text, bytes);
        return bytes;
    }
}
