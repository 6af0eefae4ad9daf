using System.Globalization;
using System.Text;

namespace Rialto.Kernel;

/// <summary>One row of the audit log, with the bytes that stand for it in the tree.</summary>
internal sealed record AuditRow
{
    public required TenantId Tenant { get; init; }

    public required Guid Id { get; init; }

    /// <summary>When; microseconds count, as in the database.</summary>
    public required DateTime At { get; init; }

    /// <summary>One of <see cref="AuditKind"/>.</summary>
    public required string Kind { get; init; }

    public required string Actor { get; init; }

    public string? OnBehalfOf { get; init; }

    public required string Operation { get; init; }

    public required string Subject { get; init; }

    public string? Changes { get; init; }

    public required string Origin { get; init; }

    public string? Trace { get; init; }

    /// <summary>Fingerprint of the root key behind the seal.</summary>
    public string? Root { get; init; }

    public byte[]? Seal { get; init; }

    /// <summary>What is sealed: a byte of version, then each field as its length and its UTF-8, in this order; a missing one has the length 2³² − 1.</summary>
    public byte[] SealedBytes() => Write(withSeal: false);

    /// <summary>The entry of the tree: the sealed bytes and the seal.</summary>
    public byte[] Entry() => Write(withSeal: true);

    private byte[] Write(bool withSeal)
    {
        using var bytes = new MemoryStream(512);
        bytes.WriteByte(1);
        var micros = (At - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var field in (ReadOnlySpan<string?>)[Tenant.ToString(), Id.ToString("D"), micros.ToString(CultureInfo.InvariantCulture), Kind, Actor, OnBehalfOf, Operation, Subject, Changes, Origin, Trace, Root])
            Append(bytes, field is null ? null : Encoding.UTF8.GetBytes(field));
        if (withSeal) Append(bytes, Seal);
        return bytes.ToArray();
    }

    private static void Append(MemoryStream bytes, byte[]? field)
    {
        Span<byte> length = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(length, field is null ? uint.MaxValue : (uint)field.Length);
        bytes.Write(length);
        bytes.Write(field);
    }
}

/// <summary>Why there is a row in the audit log.</summary>
public static class AuditKind
{
    /// <summary>Something was changed.</summary>
    public const string Change = "change";

    /// <summary>Personal or secret data was looked at.</summary>
    public const string Access = "access";

    /// <summary>Somebody tried what they may not do.</summary>
    public const string Denied = "denied";

    /// <summary>Old rows were removed; their places in the tree stay.</summary>
    public const string Retired = "retired";
}
