using System.Security.Cryptography;

namespace Rialto.Kernel;

/// <summary>AES-256-GCM as NIST SP 800-38D has it: 12-byte nonce, 16-byte tag. The sealed form is nonce, ciphertext, tag.</summary>
internal static class Gcm
{
    public const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    /// <summary>Seals with a fresh random nonce.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        RandomNumberGenerator.Fill(nonce);
        return Seal(key, nonce, plain, associated);
    }

    /// <summary>Seals with a given nonce, which must never come twice under one key. For test vectors.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var text = new byte[NonceBytes + plain.Length + TagBytes];
        nonce.CopyTo(text);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, plain, text.AsSpan(NonceBytes, plain.Length), text.AsSpan(NonceBytes + plain.Length), associated);
        return text;
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="CryptographicException">Another key, other associated data, or a changed text.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> associated)
    {
        if (text.Length < NonceBytes + TagBytes) throw new CryptographicException("The ciphertext is too short.");
        var plain = new byte[text.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(text[..NonceBytes], text.Slice(NonceBytes, plain.Length), text[^TagBytes..], plain, associated);
        return plain;
    }
}
