using System.Buffers.Binary;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Where an encrypted value stands. A value moved to any other place does not open there.</summary>
/// <param name="Table">Schema and table: <c>kernel.settings</c>. Each table has data keys of its own.</param>
/// <param name="Row">What names the row inside its tenant: its id.</param>
/// <param name="Column">The column.</param>
public sealed record FieldAddress(string Table, string Row, string Column)
{
    /// <summary>The associated data: tenant, table, row, column, key version, each after its length, so that no two places read alike.</summary>
    internal byte[] Associated(TenantId tenant, int keyVersion)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in new[] { tenant.ToString(), Table, Row, Column, FormattableString.Invariant($"{keyVersion}") })
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }
        return bytes.ToArray();
    }
}
