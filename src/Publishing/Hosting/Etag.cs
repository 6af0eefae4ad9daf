namespace Rialto.Publishing;

/// <summary>If-None-Match by RFC 9110, 13.1.2: weak comparison.</summary>
internal static class Etag
{
    /// <summary>True when <paramref name="header"/> is <c>*</c> or lists <paramref name="etag"/>.</summary>
    public static bool IsListed(ReadOnlySpan<char> header, ReadOnlySpan<char> etag)
    {
        if (header.Trim() is "*") return true;
        foreach (var range in header.Split(','))
        {
            var one = header[range].Trim();
            if (one.StartsWith("W/", StringComparison.Ordinal)) one = one[2..];
            if (one.SequenceEqual(etag)) return true;
        }
        return false;
    }
}
