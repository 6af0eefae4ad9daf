using System.Security.Cryptography;

namespace Rialto.Kernel;

/// <summary>The Merkle tree of RFC 6962, section 2.1, with SHA-256: hashes of leaves and nodes, and the checks an outsider makes.</summary>
public static class MerkleTree
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>Root of the empty tree: the hash of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of an entry: SHA-256 of a zero byte and the entry.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of an inner node: SHA-256 of a one byte and both children.</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * HashBytes];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + HashBytes)..]);
        return SHA256.HashData(bytes);
    }

    /// <summary>True when <paramref name="path"/> leads from the leaf at <paramref name="index"/> to the root of the tree of <paramref name="size"/> leaves (RFC 9162, section 2.1.3.2).</summary>
    public static bool IsIncluded(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index < 0 || index >= size) return false;
        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else hash = NodeHash(hash, sibling);
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && CryptographicOperations.FixedTimeEquals(hash, root);
    }

    /// <summary>True when the tree of <paramref name="newSize"/> leaves begins with that of <paramref name="oldSize"/>, all of it (RFC 9162, section 2.1.4.2).</summary>
    public static bool IsConsistent(long oldSize, long newSize, byte[] oldRoot, byte[] newRoot, IReadOnlyList<byte[]> path)
    {
        if (oldSize < 0 || oldSize > newSize) return false;
        if (oldSize == newSize) return path.Count == 0 && oldRoot.AsSpan().SequenceEqual(newRoot);
        if (oldSize == 0) return path.Count == 0 && oldRoot.AsSpan().SequenceEqual(EmptyRoot);
        var steps = long.IsPow2(oldSize) ? [oldRoot, .. path] : path;
        if (steps.Count == 0) return false;
        var (node, last) = (oldSize - 1, newSize - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var (first, second) = (steps[0], steps[0]);
        foreach (var step in steps.Skip(1))
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                (first, second) = (NodeHash(step, first), NodeHash(step, second));
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else second = NodeHash(second, step);
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && first.AsSpan().SequenceEqual(oldRoot) && second.AsSpan().SequenceEqual(newRoot);
    }
}
