using Shouldly;

namespace Rialto.Kernel.Tests;

/// <summary>The vectors that implementations of RFC 6962 share, and every proof of many sizes against the recursive definitions of the RFC.</summary>
public sealed class MerkleTreeTests
{
    private static readonly byte[][] Entries = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private const string Leaf0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Leaf1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        Pair1 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", Half2 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        Leaf4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", Pair3 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        Half1 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", Pair0 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        Pair2 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

    [Fact]
    public void The_root_of_nothing_is_the_hash_of_nothing() =>
        Convert.ToHexStringLower(MerkleEdge.Empty().Root()).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    [Theory]
    [InlineData(1, Leaf0)]
    [InlineData(2, Pair0)]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, Half1)]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public async Task The_published_roots_come_out(int size, string root)
    {
        var edge = MerkleEdge.Empty();
        foreach (var entry in Entries.Take(size)) edge.Add(MerkleTree.LeafHash(entry));
        Convert.ToHexStringLower(edge.Root()).ShouldBe(root);
        Convert.ToHexStringLower(MerkleEdge.Read(size, edge.Write()).Root()).ShouldBe(root);
        Convert.ToHexStringLower(await Proofs(Leaves(8)).RootAsync(size)).ShouldBe(root);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 8, Leaf1, Pair1, Half2)]
    [InlineData(5, 8, Leaf4, Pair3, Half1)]
    [InlineData(2, 3, Pair0)]
    [InlineData(1, 5, Leaf0, Pair1, Leaf4)]
    public async Task The_published_inclusion_proofs_come_out(int index, int size, params string[] path) =>
        (await Proofs(Leaves(8)).InclusionAsync(index, size)).Select(Convert.ToHexStringLower).ShouldBe(path);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8, Leaf1, Pair1, Half2)]
    [InlineData(6, 8, Pair2, Pair3, Half1)]
    [InlineData(2, 5, Pair1, Leaf4)]
    public async Task The_published_consistency_proofs_come_out(int from, int to, params string[] path) =>
        (await Proofs(Leaves(8)).ConsistencyAsync(from, to)).Select(Convert.ToHexStringLower).ShouldBe(path);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(77)]
    public async Task Every_proof_of_a_tree_is_that_of_the_definition_and_holds(int size)
    {
        var leaves = Many(size);
        var root = Mth(leaves);
        for (var index = 0; index < size; index++)
        {
            var path = await Proofs(leaves).InclusionAsync(index, size);
            path.ShouldBe(Path(index, leaves));
            MerkleTree.IsIncluded(leaves[index], index, size, path, root).ShouldBeTrue();
            MerkleTree.IsIncluded(leaves[index], (index + 1) % size, size, path, root).ShouldBe(size == 1);
            MerkleTree.IsIncluded(leaves[index], index, size, [.. path, root], root).ShouldBeFalse();
            if (path.Count > 0) MerkleTree.IsIncluded(leaves[index], index, size, [.. path.Skip(1)], root).ShouldBeFalse();
        }
        for (var from = 0; from <= size; from++)
        {
            var path = await Proofs(leaves).ConsistencyAsync(from, size);
            MerkleTree.IsConsistent(from, size, Mth(leaves[..from]), root, path).ShouldBeTrue($"from {from}");
            if (from < size && from > 0) MerkleTree.IsConsistent(from, size, Mth(leaves[1..(from + 1)]), root, path).ShouldBe(false, $"from {from}");
        }
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public async Task Large_trees_are_proved_from_their_tiles(int size)
    {
        var leaves = Many(size);
        var edge = MerkleEdge.Empty();
        var tiles = new Dictionary<(int, long), byte[]>();
        foreach (var leaf in leaves)
            edge.Add(leaf, (height, number, root) =>
            {
                if (height % 8 == 0) tiles[(height / 8, number)] = root;
            });
        var tilesRead = 0;
        var proofs = new MerkleProofs((level, number) =>
        {
            tilesRead++;
            return Task.FromResult<IReadOnlyList<byte[]>>([.. Enumerable.Range(0, 256).Select(at => number * 256 + at)
                .TakeWhile(at => level == 0 ? at < size : tiles.ContainsKey((level, at))).Select(at => level == 0 ? leaves[at] : tiles[(level, at)])]);
        });
        foreach (var index in new[] { 0, 1, size / 2, size - 2, size - 1 })
            MerkleTree.IsIncluded(leaves[index], index, size, await proofs.InclusionAsync(index, size), edge.Root()).ShouldBeTrue($"row {index}");
        foreach (var from in new[] { 1, 200, size / 2, size - 1 })
            MerkleTree.IsConsistent(from, size, await proofs.RootAsync(from), edge.Root(), await proofs.ConsistencyAsync(from, size)).ShouldBeTrue($"from {from}");
        tilesRead.ShouldBeLessThan(16);
    }

    [Fact]
    public void What_is_not_there_is_not_proved()
    {
        var leaf = MerkleTree.LeafHash("x"u8);
        MerkleTree.IsIncluded(leaf, 0, 0, [], leaf).ShouldBeFalse();
        MerkleTree.IsIncluded(leaf, -1, 1, [], leaf).ShouldBeFalse();
        MerkleTree.IsIncluded(leaf, 1, 1, [], leaf).ShouldBeFalse();
        MerkleTree.IsConsistent(2, 1, leaf, leaf, []).ShouldBeFalse();
        MerkleTree.IsConsistent(3, 5, leaf, leaf, []).ShouldBeFalse();
        MerkleTree.IsConsistent(0, 5, leaf, leaf, []).ShouldBeFalse();
        MerkleTree.IsConsistent(0, 5, MerkleTree.EmptyRoot, leaf, []).ShouldBeTrue();
    }

    private static byte[][] Leaves(int size) => [.. Entries.Take(size).Select(entry => MerkleTree.LeafHash(entry))];

    private static byte[][] Many(int size) => [.. Enumerable.Range(0, size).Select(number => MerkleTree.LeafHash(BitConverter.GetBytes(number)))];

    private static MerkleProofs Proofs(byte[][] leaves) => new((level, number) => Task.FromResult<IReadOnlyList<byte[]>>(level == 0 ? [.. leaves.Skip((int)number * 256).Take(256)] : []));

    private static byte[] Mth(byte[][] leaves) => leaves.Length switch
    {
        0 => MerkleTree.EmptyRoot,
        1 => leaves[0],
        var size => MerkleTree.NodeHash(Mth(leaves[..Split(size)]), Mth(leaves[Split(size)..])),
    };

    private static byte[][] Path(int index, byte[][] leaves)
    {
        if (leaves.Length == 1) return [];
        var middle = Split(leaves.Length);
        return index < middle ? [.. Path(index, leaves[..middle]), Mth(leaves[middle..])] : [.. Path(index - middle, leaves[middle..]), Mth(leaves[..middle])];
    }

    private static int Split(int size)
    {
        var middle = 1;
        while (middle * 2 < size) middle *= 2;
        return middle;
    }
}
