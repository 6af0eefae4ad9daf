namespace Rialto.Kernel;

/// <summary>
/// Makes proofs from a tree whose leaves, and the roots of whose subtrees of 256, 256², … leaves, are kept: a proof reads a few tiles of
/// 256 hashes, however large the tree is.
/// </summary>
/// <param name="tile">The hashes of one tile: those numbered <c>256·n … 256·n + 255</c> of a level, fewer at the end. Level 0 are the leaves.</param>
internal sealed class MerkleProofs(Func<int, long, Task<IReadOnlyList<byte[]>>> tile)
{
    public const int TileBits = 8;
    private const long TileSize = 1 << TileBits;
    private readonly Dictionary<(int Level, long Number), IReadOnlyList<byte[]>> read = [];

    /// <summary>Root of the first <paramref name="size"/> leaves.</summary>
    public async Task<byte[]> RootAsync(long size) => size == 0 ? MerkleTree.EmptyRoot : await HashAsync(0, size);

    /// <summary>PATH of RFC 6962, section 2.1.1: from the leaf to the root of the first <paramref name="size"/> leaves, nearest first.</summary>
    public async Task<IReadOnlyList<byte[]>> InclusionAsync(long index, long size)
    {
        var path = new List<byte[]>();
        for (var (from, to) = (0L, size); to - from > 1;)
        {
            var middle = from + Split(to - from);
            path.Add(index < middle ? await HashAsync(middle, to) : await HashAsync(from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }
        path.Reverse();
        return path;
    }

    /// <summary>PROOF of RFC 6962, section 2.1.2: that the first <paramref name="newSize"/> leaves begin with the first <paramref name="oldSize"/>.</summary>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long oldSize, long newSize)
    {
        var path = new List<byte[]>();
        if (oldSize == 0 || oldSize == newSize) return path;
        var (from, to, isKnown) = (0L, newSize, true);
        while (oldSize != to)
        {
            var middle = from + Split(to - from);
            if (oldSize <= middle)
            {
                path.Add(await HashAsync(middle, to));
                to = middle;
            }
            else
            {
                path.Add(await HashAsync(from, middle));
                (from, isKnown) = (middle, false);
            }
        }
        if (!isKnown) path.Add(await HashAsync(from, to));
        path.Reverse();
        return path;
    }

    private async Task<byte[]> HashAsync(long from, long to)
    {
        var size = to - from;
        var height = long.TrailingZeroCount(size);
        if (long.IsPow2(size) && height % TileBits == 0) return await StoredAsync((int)(height / TileBits), from / size);
        var middle = from + Split(size);
        var (left, right) = (await HashAsync(from, middle), await HashAsync(middle, to));
        return MerkleTree.NodeHash(left, right);
    }

    private async Task<byte[]> StoredAsync(int level, long number)
    {
        var key = (level, number / TileSize);
        if (!read.TryGetValue(key, out var hashes)) read[key] = hashes = await tile(level, number / TileSize);
        return number % TileSize < hashes.Count ? hashes[(int)(number % TileSize)] : throw new Refusal("audit.tree_damaged", "The audit log's tree is damaged; run ./rialto audit verify.", 500);
    }

    // The largest power of two below the size.
    private static long Split(long size) => 1L << (63 - (int)long.LeadingZeroCount(size - 1));
}
