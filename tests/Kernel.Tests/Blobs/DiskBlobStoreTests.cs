using System.Text;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class DiskBlobStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-blobs-").FullName;
    private readonly DiskBlobStore store;

    public DiskBlobStoreTests() => store = new DiskBlobStore(folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_kept_comes_back_under_its_SHA_256()
    {
        var kept = await Put("abc");
        kept.Id.Value.ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        kept.SizeBytes.ShouldBe(3);
        (await Get(kept.Id)).ShouldBe("abc");
        (await store.ExistsAsync(kept.Id, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_content_from_many_at_once_is_one_file()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => store.PutAsync(new MemoryStream(bytes), Cancel)));
        kept.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_blob_just_kept_can_be_read_while_other_programs_are_started()
    {
        // A lock the writer takes lives on in a child until its exec; a reader must not be turned away by it.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var starters = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested) await ChildProcess.RunAsync(new ChildCommand("true"), cancel: Cancel);
        })).ToArray();
        for (var number = 0; number < 400; number++) (await Get((await Put($"blob {number}")).Id)).ShouldBe($"blob {number}");
        await enough.CancelAsync();
        await Task.WhenAll(starters);
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_nothing()
    {
        await Should.ThrowAsync<IOException>(() => store.PutAsync(new BreakingStream(), Cancel));
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        var id = BlobId.Parse(new string('a', 64));
        (await Should.ThrowAsync<Refusal>(() => store.OpenAsync(id, Cancel))).Code.ShouldBe("blobs.missing");
        (await store.ExistsAsync(id, Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void A_name_that_is_no_name_is_refused(string name) => Should.Throw<Refusal>(() => BlobId.Parse(name)).Code.ShouldBe("blobs.name_invalid");

    [Fact]
    public async Task The_collector_takes_what_is_old_and_unwanted_and_nothing_else()
    {
        var (wanted, unwanted, young) = (await Put("wanted"), await Put("unwanted"), await Put("young"));
        Age(wanted, unwanted);
        (await store.CollectAsync(_ => Wanting(wanted.Id), TimeSpan.FromHours(1), Cancel)).ShouldBe(1);
        (await store.ExistsAsync(wanted.Id, Cancel)).ShouldBeTrue();
        (await store.ExistsAsync(unwanted.Id, Cancel)).ShouldBeFalse();
        (await store.ExistsAsync(young.Id, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_kept_anew_while_the_collector_asks_stays()
    {
        var kept = await Put("again");
        Age(kept);
        (await store.CollectAsync(async _ =>
        {
            await Put("again");
            return await Wanting();
        }, TimeSpan.FromHours(1), Cancel)).ShouldBe(0);
        (await Get(kept.Id)).ShouldBe("again");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<BlobInfo> Put(string text) => store.PutAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancel);

    private async Task<string> Get(BlobId id)
    {
        await using var blob = await store.OpenAsync(id, Cancel);
        using var reader = new StreamReader(blob);
        return await reader.ReadToEndAsync(Cancel);
    }

    private void Age(params BlobInfo[] blobs)
    {
        foreach (var blob in blobs)
            File.SetLastWriteTimeUtc(Directory.GetFiles(folder, blob.Id.Value, SearchOption.AllDirectories).Single(), DateTime.UtcNow.AddHours(-2));
    }

    private static Task<IReadOnlySet<BlobId>> Wanting(params BlobId[] ids) => Task.FromResult<IReadOnlySet<BlobId>>(ids.ToHashSet());

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position++ < 3 ? ValueTask.FromResult(buffer.Length) : throw new IOException("gone");
    }
}
