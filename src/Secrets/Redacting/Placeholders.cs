using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Secrets.Redacting;

/// <summary>
/// Names what stands for a secret: <c>[redacted:rule:8 hex digits]</c>. The digits are a keyed hash, so that a weak password
/// cannot be found by trying words, and equal for equal secrets, so that the same content builds the same site.
/// </summary>
internal sealed class Placeholders(byte[] key)
{
    private const int Digits = 8;
    private readonly ConcurrentDictionary<(string Rule, string Secret), string> known = new();

    /// <summary>
    /// The key is one random number per installation: builds of the same content here agree, and nobody
    /// without the key can test guesses against a published placeholder.
    /// </summary>
    public static Placeholders ForInstallation() => new(InstallationKey.Read());

    public string For(string rule, string secret) => known.GetOrAdd((rule, secret), pair =>
    {
        var digest = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(pair.Secret));
        return $"[redacted:{pair.Rule}:{Convert.ToHexStringLower(digest)[..Digits]}]";
    });

    /// <summary>At most the first four characters, and never more than a quarter of the secret.</summary>
    public static string Mask(string secret) => secret[..Math.Min(4, secret.Length / 4)] + "……";
}
