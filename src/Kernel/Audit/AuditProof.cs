using System.Security.Cryptography;

namespace Rialto.Kernel;

/// <summary>That one row stands in a signed log: everything an outsider needs, without trust in the database.</summary>
public sealed record AuditProof
{
    /// <summary>Whose log.</summary>
    public required Guid Organisation { get; init; }

    /// <summary>The row.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its number, from 0.</summary>
    public required long Number { get; init; }

    /// <summary>Its bytes as they are hashed; null when the row was retired.</summary>
    public byte[]? Entry { get; init; }

    /// <summary>Hash of the leaf: SHA-256 of a zero byte and the entry.</summary>
    public required byte[] LeafHash { get; init; }

    /// <summary>Hashes from the leaf to the root, nearest first.</summary>
    public required IReadOnlyList<byte[]> Path { get; init; }

    /// <summary>The signed note over the tree.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The key that signed it, to be compared with the one published beside the checkpoints.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Checks everything against <paramref name="publicKey"/> (PEM), which must come from elsewhere than the proof; returns the checkpoint.</summary>
    /// <exception cref="Refusal"><c>audit.proof_wrong</c>, saying which part.</exception>
    public Checkpoint Require(string publicKey)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKey);
        }
        catch (Exception broken) when (broken is ArgumentException or CryptographicException)
        {
            throw Wrong("the public key cannot be read");
        }
        var checkpoint = Kernel.Checkpoint.Open(Checkpoint, [key]) ?? throw Wrong("the checkpoint is not signed by this key");
        if (checkpoint.Tenant.Value != Organisation) throw Wrong("the checkpoint is of another organisation");
        if (Entry is not null && !MerkleTree.LeafHash(Entry).AsSpan().SequenceEqual(LeafHash)) throw Wrong("the entry does not have the hash of the leaf");
        return MerkleTree.IsIncluded(LeafHash, Number, checkpoint.Size, Path, checkpoint.Root) ? checkpoint : throw Wrong("the path does not lead to the signed root");
    }

    private static Refusal Wrong(string words) => new("audit.proof_wrong", $"The proof does not hold: {words}.", 422);
}

/// <summary>That a later tree begins with all of an earlier one.</summary>
public sealed record AuditConsistency
{
    /// <summary>Rows of the earlier tree.</summary>
    public required long From { get; init; }

    /// <summary>Rows of the later.</summary>
    public required long To { get; init; }

    /// <summary>Root of the earlier.</summary>
    public required byte[] FromRoot { get; init; }

    /// <summary>Root of the later.</summary>
    public required byte[] ToRoot { get; init; }

    /// <summary>PROOF of RFC 6962, section 2.1.2.</summary>
    public required IReadOnlyList<byte[]> Path { get; init; }
}
