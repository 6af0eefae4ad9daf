using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>
/// The text of a refresh token: <c>rlr_</c> and base64url of the tenant, its family, the generation and a MAC of these under the family's
/// secret. So every generation can be told apart for ever without a row of its own, and the same successor is given twice.
/// </summary>
/// <param name="Tenant">Whose wall its family stands behind.</param>
/// <param name="Family">Which.</param>
/// <param name="Generation">From 1, one more with each rotation.</param>
internal sealed record RefreshToken(TenantId Tenant, Guid Family, int Generation)
{
    public const string Prefix = "rlr_";
    private const int IdBytes = 16, GenerationBytes = 4, BodyBytes = (2 * IdBytes) + GenerationBytes, MacBytes = 32;

    private byte[] Mac { get; init; } = [];

    /// <summary>The text, signed with <paramref name="secret"/>.</summary>
    public string Sign(ReadOnlySpan<byte> secret)
    {
        var body = Body();
        return Prefix + Base64Url.EncodeToString([.. body, .. HMACSHA256.HashData(secret, body)]);
    }

    /// <summary>Reads one, without believing it; null when it has not the form.</summary>
    public static RefreshToken? Parse(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || StrictBase64Url.Decode(text.AsSpan(Prefix.Length)) is not { Length: BodyBytes + MacBytes } bytes) return null;
        var generation = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(2 * IdBytes));
        return new RefreshToken(new TenantId(new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true)), new Guid(bytes.AsSpan(IdBytes, IdBytes), bigEndian: true), generation) { Mac = bytes[BodyBytes..] };
    }

    /// <summary>True when it was signed with <paramref name="secret"/>.</summary>
    public bool IsSigned(ReadOnlySpan<byte> secret) => CryptographicOperations.FixedTimeEquals(Mac, HMACSHA256.HashData(secret, Body()));

    private byte[] Body()
    {
        var body = new byte[BodyBytes];
        Tenant.Value.TryWriteBytes(body, bigEndian: true, out _);
        Family.TryWriteBytes(body.AsSpan(IdBytes), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(2 * IdBytes), Generation);
        return body;
    }
}
