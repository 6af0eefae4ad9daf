using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// Passwords as they are kept: PBKDF2 (RFC 8018) with HMAC-SHA-512 and a salt of 32 bytes, written as <c>pbkdf2-sha512$rounds$salt$hash</c>.
/// Slow on purpose, so only as many run at once as there are processors: a flood of sign-ins waits here and not everywhere.
/// </summary>
internal static class PasswordHash
{
    /// <summary>Fewest rounds a password may be kept with.</summary>
    public const int FewestRounds = 210_000;

    private const string Kind = "pbkdf2-sha512";
    private const int SaltBytes = 32, HashBytes = 64, MostWaiting = 40;
    private static int waiting;
    private static long roundsDone;
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount));
    private static readonly byte[] NobodysSalt = RandomNumberGenerator.GetBytes(SaltBytes);

    /// <summary>Rounds of all passwords so far: the work, without a clock.</summary>
    internal static long RoundsDone => Interlocked.Read(ref roundsDone);

    /// <summary>What is to be kept of a password.</summary>
    public static async Task<string> MakeAsync(string password, int rounds, CancellationToken cancel)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = await DeriveAsync(password, salt, rounds, cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{Kind}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>
    /// Whether it is the password that <paramref name="kept"/> was made of. With null, for somebody who is not known or has no password,
    /// it works just as long and says no.
    /// </summary>
    public static async Task<PasswordVerdict> CheckAsync(string password, string? kept, int rounds, CancellationToken cancel)
    {
        if (kept is null || Parse(kept) is not { } parts)
        {
            await DeriveAsync(password, NobodysSalt, rounds, cancel);
            return PasswordVerdict.Wrong;
        }
        var hash = await DeriveAsync(password, parts.Salt, parts.Rounds, cancel);
        if (!CryptographicOperations.FixedTimeEquals(hash, parts.Hash)) return PasswordVerdict.Wrong;
        return parts.Rounds == rounds ? PasswordVerdict.Right : PasswordVerdict.RightButOld;
    }

    /// <summary>PBKDF2 itself; the password in the form in which equal-looking ones are equal (NFC).</summary>
    internal static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize()), salt, rounds, HashAlgorithmName.SHA512, HashBytes);

    private static async Task<byte[]> DeriveAsync(string password, byte[] salt, int rounds, CancellationToken cancel)
    {
        // Each who waits holds a connection of the database: soon it is kinder to say no.
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new Refusal("identity.busy", "Too many sign in at this moment; try again in a few seconds.", 503);
        }
        try
        {
            await Turns.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        try
        {
            Interlocked.Add(ref roundsDone, rounds);
            return await Task.Run(() => Derive(password, salt, rounds), cancel);
        }
        finally
        {
            Turns.Release();
        }
    }

    private static (int Rounds, byte[] Salt, byte[] Hash)? Parse(string kept)
    {
        var parts = kept.Split('$');
        return parts.Length == 4 && parts[0] == Kind && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            ? (rounds, Convert.FromBase64String(parts[2]), Convert.FromBase64String(parts[3]))
            : null;
    }
}

/// <summary>What a password turned out to be.</summary>
internal enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but kept with another number of rounds than is wanted now: keep it anew.</summary>
    RightButOld,
}
