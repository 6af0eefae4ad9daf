using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Rialto.Identity;

/// <summary>Codes that change with time (RFC 6238) on counters (RFC 4226): HMAC-SHA-1, steps of 30 seconds, six digits, as every authenticator has them.</summary>
internal static class Totp
{
    public const int SecretBytes = 20, StepSeconds = 30, Digits = 6;

    /// <summary>The step a moment lies in.</summary>
    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits, HashAlgorithmName? algorithm = null)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var name = algorithm ?? HashAlgorithmName.SHA1;
        var hash = name == HashAlgorithmName.SHA1 ? HMACSHA1.HashData(secret, counter) : name == HashAlgorithmName.SHA256 ? HMACSHA256.HashData(secret, counter) : HMACSHA512.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step of which this is the code: the present one, the one before or the one after, for clocks that differ. Null when it is none of theirs.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        var bytes = System.Text.Encoding.UTF8.GetBytes(code);
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(bytes, System.Text.Encoding.ASCII.GetBytes(Code(secret, step)))) found = step;
        return found;
    }

    /// <summary>What an authenticator reads from a picture (the otpauth key URI).</summary>
    public static string UriOf(string email, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/Rialto:{Uri.EscapeDataString(email)}?secret={Base32.Write(secret)}&issuer=Rialto&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
