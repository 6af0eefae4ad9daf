using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Publishing;

/// <summary>Passwords of sites: PBKDF2 with HMAC-SHA-512 and a salt of 32 bytes, written as <c>rounds$salt$hash</c>.</summary>
internal static class Passwords
{
    private const int Rounds = 210_000, SaltBytes = 32, HashBytes = 64;

    /// <summary>What is kept of a password.</summary>
    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Rounds))}");
    }

    /// <summary>Whether it is the password. Takes about a tenth of a second on purpose.</summary>
    public static bool IsRight(string password, string kept)
    {
        var parts = kept.Split('$');
        return parts.Length == 3 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            && CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(parts[1]), rounds), Convert.FromBase64String(parts[2]));
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize()), salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
