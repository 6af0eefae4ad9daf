using System.Buffers.Text;

namespace Rialto.Identity.Tokens;

/// <summary>Base64url without padding (RFC 7515, appendix C), in the one spelling each byte string has: a second spelling of a token would pass by lists of revoked ones.</summary>
internal static class StrictBase64Url
{
    /// <summary>The bytes; null when <paramref name="text"/> has padding, foreign letters, an impossible length or bits that are thrown away.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Letters)) return null;
        var bytes = new byte[text.Length * 3 / 4];
        // The last letter may carry bits that no byte takes: not zero, they are invalid data.
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length ? bytes : null;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
