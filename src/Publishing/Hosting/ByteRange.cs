using System.Globalization;

namespace Rialto.Publishing;

/// <summary>One byte range of RFC 9110, 14.1.2.</summary>
/// <param name="First">Offset of the first byte.</param>
/// <param name="Length">How many; 0 when nothing of what was asked exists.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    /// <summary>Reads a Range header for something of <paramref name="size"/> bytes. Null when it is to be ignored: malformed, of another unit, or several ranges.</summary>
    public static ByteRange? Read(string header, long size)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return null;
        var text = header.AsSpan(6).Trim();
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(',')) return null;
        if (dash == 0)
        {
            if (Number(text[1..]) is not { } last) return null;
            var length = Math.Min(last, size);
            return new ByteRange(size - length, length);
        }
        if (Number(text[..dash]) is not { } first) return null;
        var end = size - 1;
        if (dash + 1 < text.Length)
        {
            if (Number(text[(dash + 1)..]) is not { } to || to < first) return null;
            end = Math.Min(to, end);
        }
        return first >= size ? new ByteRange(0, 0) : new ByteRange(first, end - first + 1);
    }

    private static long? Number(ReadOnlySpan<char> text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
