using System.Security.Cryptography;
using System.Text;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// Keys that their vendor itself publishes, so that they are no secret of anybody. Kept as salted hashes, which find a key but hold none.
/// Source: every API key in the sources and the history of Google's open Firebase SDK for Android (firebase/firebase-android-sdk), read in 2026;
/// Firebase's documentation calls such keys public by design.
/// </summary>
internal static class PublishedKeys
{
    private const string Salt = "published by its vendor:";
    private const int HexDigits = 16;

    private static readonly HashSet<string> Hashes =
    [
        "252b93d9327434e2", "2f8fc8aa92e842fb", "327472d77dd54d43", "36a3f978492682d0", "3bdff916c85e005e", "56b7b08fd1eac8da",
        "609175bf2a496582", "6b52a9ff9a4fae68", "8844e8633f8a3ba9", "964b2d4be05119c8", "99d67e51abbcec79", "9e8d8e5aef7bc4e6",
        "b10459a05364b6d8", "bb241d75d9ab4ae6", "d16ae41f36006af6", "d8b749904d4a9c70", "dbac12556211c436", "e587003903ed18ce",
        "edd6a01ab335067a", "f8d2745842aff309", "ffad54815fa28e68",
    ];

    public static bool Contains(ReadOnlySpan<char> key) =>
        Hashes.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Salt + key.ToString())))[..HexDigits]);
}
