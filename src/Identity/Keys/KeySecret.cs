using System.Buffers.Text;
using System.Security.Cryptography;
using Rialto.Identity.Tokens;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The text of a key: <c>rlt_</c> and base64url of the tenant's 16 bytes and 32 random ones.</summary>
/// <param name="Tenant">Whose it says it is; true only when its hash is found there.</param>
/// <param name="Text">The whole.</param>
internal sealed record KeySecret(TenantId Tenant, string Text)
{
    public const string Prefix = "rlt_";
    private const int TenantBytes = 16, RandomBytes = 32;

    /// <summary>SHA-256 of the whole text.</summary>
    public byte[] Hash { get; } = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Text));

    public string Hint => Text[^4..];

    public static KeySecret New(TenantId tenant)
    {
        Span<byte> bytes = stackalloc byte[TenantBytes + RandomBytes];
        tenant.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[TenantBytes..]);
        return new KeySecret(tenant, Prefix + Base64Url.EncodeToString(bytes));
    }

    /// <summary>Reads one; null when it has not the form of a key.</summary>
    public static KeySecret? Parse(string text)
    {
        if (text.Length != Prefix.Length + 64 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return StrictBase64Url.Decode(text.AsSpan(Prefix.Length)) is { } bytes ? new KeySecret(new TenantId(new Guid(bytes.AsSpan(0, TenantBytes), bigEndian: true)), text) : null;
    }
}
