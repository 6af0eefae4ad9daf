namespace Rialto.Kernel;

/// <summary>
/// The right edge of a growing Merkle tree: the roots of its perfect subtrees, largest first, one for each bit of its size. It is all
/// that is needed to add leaves and to know the root; a tree of a thousand million leaves has at most 30.
/// </summary>
internal sealed class MerkleEdge
{
    private readonly List<byte[]> subtrees = [];

    private MerkleEdge(long size) => Size = size;

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    public static MerkleEdge Empty() => new(0);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static MerkleEdge Read(long size, byte[] bytes)
    {
        if (bytes.Length != long.PopCount(size) * MerkleTree.HashBytes) throw new InvalidOperationException($"The edge of a tree of {size} leaves has {bytes.Length} bytes.");
        var edge = new MerkleEdge(size);
        for (var at = 0; at < bytes.Length; at += MerkleTree.HashBytes) edge.subtrees.Add(bytes[at..(at + MerkleTree.HashBytes)]);
        return edge;
    }

    public byte[] Write() => [.. subtrees.SelectMany(hash => hash)];

    /// <summary>Adds a leaf; <paramref name="whole"/>, when given, is told of each subtree that became perfect: its height, its number among those of its height, its root.</summary>
    public void Add(byte[] leafHash, Action<int, long, byte[]>? whole = null)
    {
        var hash = leafHash;
        for (var height = 0; (Size >> height & 1) == 1; height++)
        {
            hash = MerkleTree.NodeHash(subtrees[^1], hash);
            subtrees.RemoveAt(subtrees.Count - 1);
            whole?.Invoke(height + 1, Size >> height + 1, hash);
        }
        subtrees.Add(hash);
        Size++;
    }

    public byte[] Root()
    {
        if (subtrees.Count == 0) return MerkleTree.EmptyRoot;
        var hash = subtrees[^1];
        for (var index = subtrees.Count - 2; index >= 0; index--) hash = MerkleTree.NodeHash(subtrees[index], hash);
        return hash;
    }
}
