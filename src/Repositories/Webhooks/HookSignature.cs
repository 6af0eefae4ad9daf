using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rialto.Repositories.Webhooks;

/// <summary>Whether who sent a delivery knows the hook's secret. Every comparison takes the same time, right or wrong.</summary>
internal static class HookSignature
{
    /// <summary>How far a signed time may be from ours, in seconds.</summary>
    public const int TimeToleranceSeconds = 300;

    private const string GitHubPrefix = "sha256=", StandardPrefix = "v1,";

    /// <summary>Checks what the forge's way of signing demands, over the raw bytes.</summary>
    /// <param name="hook">Who seems to have sent it.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="body">Its bytes as they came.</param>
    /// <param name="secret">The hook's secret as UTF-8 text.</param>
    /// <param name="now">The time, where a signed one must be near it.</param>
    public static bool IsRight(Hook hook, IHeaderDictionary headers, ReadOnlySpan<byte> body, ReadOnlySpan<byte> secret, DateTimeOffset now) => hook.Provider switch
    {
        "github" => Hook.One(headers, "X-Hub-Signature-256") is { } given && given.StartsWith(GitHubPrefix, StringComparison.Ordinal) && IsHexMac(given.AsSpan(GitHubPrefix.Length), body, secret),
        "gitea" => (Hook.One(headers, "X-Forgejo-Signature") ?? Hook.One(headers, "X-Gitea-Signature")) is { } given && IsHexMac(given, body, secret),
        // A signature says more than a word that travels along, so where there is one it decides.
        "gitlab" when headers.ContainsKey("webhook-signature") => IsStandard(headers, body, secret, now),
        "gitlab" => Hook.One(headers, "X-Gitlab-Token") is { } given && IsSameWord(given, secret),
        _ => false,
    };

    private static bool IsHexMac(ReadOnlySpan<char> given, ReadOnlySpan<byte> body, ReadOnlySpan<byte> secret)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Convert.FromHexString(given, claimed, out var read, out var written) != System.Buffers.OperationStatus.Done || read != given.Length || written != claimed.Length) return false;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, body, mac);
        return CryptographicOperations.FixedTimeEquals(mac, claimed);
    }

    // Lengths of words are no secret, but comparing their digests does not tell even that.
    private static bool IsSameWord(string given, ReadOnlySpan<byte> secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(secret));

    // Standard Webhooks: HMAC-SHA-256 of "id.time.body", base64, one or more of them; the time is signed and must be near ours.
    private static bool IsStandard(IHeaderDictionary headers, ReadOnlySpan<byte> body, ReadOnlySpan<byte> secret, DateTimeOffset now)
    {
        if (Hook.One(headers, "webhook-id") is not { } id || Hook.One(headers, "webhook-timestamp") is not { } time || headers["webhook-signature"] is not [{ Length: <= 1000 } signatures]) return false;
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs((double)now.ToUnixTimeSeconds() - seconds) > TimeToleranceSeconds) return false;
        var signed = new byte[Encoding.UTF8.GetMaxByteCount(id.Length + time.Length + 2) + body.Length];
        var length = Encoding.UTF8.GetBytes($"{id}.{time}.", signed);
        body.CopyTo(signed.AsSpan(length));
        var mac = HMACSHA256.HashData(SigningKey(secret), signed.AsSpan(0, length + body.Length));
        var isRight = false;
        foreach (var one in signatures.Split(' '))
        {
            var claimed = new byte[HMACSHA256.HashSizeInBytes];
            isRight |= one.StartsWith(StandardPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(one[StandardPrefix.Length..], claimed, out var written) && written == claimed.Length
                && CryptographicOperations.FixedTimeEquals(mac, claimed);
        }
        return isRight;
    }

    /// <summary>The key behind <c>whsec_…</c>: our secrets are hexadecimal text of random bytes, and those bytes are the key.</summary>
    internal static byte[] SigningKey(ReadOnlySpan<byte> secret)
    {
        var text = Encoding.UTF8.GetString(secret);
        return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : secret.ToArray();
    }
}
