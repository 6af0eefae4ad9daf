using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>The checking of one log as its leaves go by, in order.</summary>
internal sealed class AuditCheck
{
    private readonly TenantId tenant;
    private readonly AuditKeys keys;
    private readonly List<Checkpoint> signed = [];
    private readonly List<AuditFault> faults = [];
    private readonly List<(long Number, Guid Id)> missing = [];
    private readonly MerkleEdge tree = MerkleEdge.Empty();
    private long retiredThrough = -1, retired;
    private int passed;
    private bool isRewritten;

    public AuditCheck(TenantId tenant, IReadOnlyList<string> notes, AuditKeys keys)
    {
        (this.tenant, this.keys) = (tenant, keys);
        for (var index = 0; index < notes.Count; index++)
        {
            if (Checkpoint.Open(notes[index], keys.SignKeys) is { } checkpoint && checkpoint.Tenant == tenant) signed.Add(checkpoint);
            else faults.Add(new AuditFault("checkpoint_forged", null, null, $"Checkpoint {index + 1} of the file was not signed by this platform for this organisation, or its root key is gone."));
        }
        signed.Sort((one, other) => one.Size.CompareTo(other.Size));
    }

    public IReadOnlyList<AuditFault> Faults => faults;

    /// <summary>Number of the leaf that comes next.</summary>
    public long Next { get; private set; }

    public void Leaf(long number, Guid id, byte[] hash, AuditRow? row)
    {
        if (number != Next) Tell("leaf_missing", Next, null, $"Row {Next} is gone from the tree; the next one there is row {number}.");
        Next = number + 1;
        if (row is null) missing.Add((number, id));
        else if (!MerkleTree.LeafHash(row.Entry()).AsSpan().SequenceEqual(hash)) Tell("row_changed", number, id, $"Row {number} ({id}) is not what was written: its content does not have the hash that is in the tree.");
        else if (keys.IsOurs(row) is false) Tell("row_forged", number, id, $"Row {number} ({id}) was not written by this platform: its seal is wrong.");
        else if (row.Kind == AuditKind.Retired) retiredThrough = Math.Max(retiredThrough, Retirement(row));
        tree.Add(hash);
        for (; passed < signed.Count && signed[passed].Size <= tree.Size; passed++)
        {
            if (signed[passed].Size != tree.Size || isRewritten || signed[passed].Root.AsSpan().SequenceEqual(tree.Root())) continue;
            isRewritten = true;
            var from = passed == 0 ? 0 : signed[passed - 1].Size;
            Tell("rewritten", from, null, $"The first {tree.Size} rows are not those that were signed at {signed[passed].At:u}; the first bad one is between row {from} and row {tree.Size - 1}.");
        }
    }

    public void Tree((long Size, byte[] Edge, long SignedSize)? kept)
    {
        var last = signed.Count > 0 ? signed[^1].Size : 0;
        if (tree.Size < last) Tell("tail_missing", tree.Size, null, $"{last} rows were signed at {signed[^1].At:u}, and {tree.Size} are there: rows {tree.Size} to {last - 1} are missing.");
        if ((kept?.Size ?? 0) != tree.Size || kept is { } there && !there.Edge.AsSpan().SequenceEqual(tree.Write()))
            Tell("tree_changed", null, null, $"The tree says it has {kept?.Size ?? 0} rows; from {tree.Size} rows another one follows.");
        if ((kept?.SignedSize ?? 0) > last) Tell("checkpoints_cut", null, null, $"The database knows a checkpoint over {kept!.Value.SignedSize} rows that the file does not have.");
        foreach (var (number, id) in missing)
            if (number <= retiredThrough) retired++;
            else Tell("row_missing", number, id, $"Row {number} ({id}) was taken out of the database.");
    }

    public void Stray(Guid id) => Tell("row_outside", null, id, $"Row {id} was never put into the tree.");

    public AuditReport Report(long waiting) => new(tenant, tree.Size, waiting, retired, isRewritten || signed.Count == 0 ? 0 : Math.Min(signed[^1].Size, tree.Size), signed.Count,
        [.. faults.OrderBy(fault => fault.Number ?? long.MaxValue)]);

    // Only a sealed row can say that older ones went by rule.
    private static long Retirement(AuditRow row)
    {
        try
        {
            using var changes = JsonDocument.Parse(row.Changes ?? "{}");
            return changes.RootElement.TryGetProperty("retiredThrough", out var through) ? through.GetInt64() : -1;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            return -1;
        }
    }

    private void Tell(string code, long? number, Guid? row, string sentence)
    {
        if (faults.Count < 100) faults.Add(new AuditFault(code, number, row, sentence));
    }
}
