using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Rialto.Identity.Tokens;

namespace Rialto.Identity.OAuth;

/// <summary>Proof Key for Code Exchange (RFC 7636), method S256 only.</summary>
internal static class Pkce
{
    private const int FewestChars = 43, MostChars = 128;

    /// <summary>True for what a SHA-256 looks like in base64url.</summary>
    public static bool IsChallenge(string? text) => text is { Length: 43 } && StrictBase64Url.Decode(text) is { Length: 32 };

    /// <summary>True when <paramref name="verifier"/> is what <paramref name="challenge"/> was made of.</summary>
    public static bool IsProof(string? verifier, string challenge) =>
        verifier is { Length: >= FewestChars and <= MostChars } && verifier.All(IsUnreserved)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));

    private static bool IsUnreserved(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~';
}
