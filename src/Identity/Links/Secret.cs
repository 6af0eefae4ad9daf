using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Identity;

/// <summary>A secret of 256 random bits that somebody is given; only its SHA-256 is kept. A slow hash would protect no better what cannot be guessed.</summary>
/// <param name="Text">43 letters of base64url.</param>
internal sealed record Secret(string Text)
{
    private const int Bytes = 32, Letters = 43;

    public byte[] Hash { get; } = SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public static Secret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Null for what has not the form of one.</summary>
    public static Secret? Parse(string? text) => text is { Length: Letters } && Base64Url.IsValid(text.AsSpan(), out var bytes) && bytes == Bytes ? new Secret(text) : null;

    public override string ToString() => "(secret)";
}
