using System.IO.Compression;
using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class ReleaseOutputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-release-").FullName;
    private readonly DiskBlobStore blobs;

    public ReleaseOutputTests() => blobs = new DiskBlobStore(folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_is_kept_plain_and_compressed_and_all_three_are_the_same_words()
    {
        var words = string.Concat(Enumerable.Repeat("The lantern lights the folder. ", 200));
        var file = (await Make(null, ("index.html", words))).Files.ShouldHaveSingleItem();
        file.Bytes.ShouldBe(words.Length);
        (await Read(file.Blob)).ShouldBe(words);
        (await Read(file.Brotli!.Blob, stream => new BrotliStream(stream, CompressionMode.Decompress))).ShouldBe(words);
        (await Read(file.Gzip!.Blob, stream => new GZipStream(stream, CompressionMode.Decompress))).ShouldBe(words);
        file.Brotli.Bytes.ShouldBeLessThan(file.Bytes / 10);
    }

    [Fact]
    public async Task What_does_not_shrink_is_kept_once()
    {
        var noise = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(60));
        var manifest = await Make(null, ("a.txt", noise), ("photo.png", new string('a', 5000)));
        manifest.Files.ShouldAllBe(file => file.Brotli == null && file.Gzip == null);
    }

    [Fact]
    public async Task The_same_site_has_the_same_manifest_whatever_the_order_of_writing()
    {
        var one = await Make(null, ("a.html", "one"), ("b.html", "two"));
        var two = await Make(null, ("b.html", "two"), ("a.html", "one"));
        (await ReleaseManifest.PutAsync(blobs, one, Cancel)).ShouldBe(await ReleaseManifest.PutAsync(blobs, two, Cancel));
        one.Files.Select(file => file.Path).ShouldBe(["a.html", "b.html"]);
    }

    [Fact]
    public async Task What_an_earlier_release_has_is_only_hashed()
    {
        var words = new string('x', 4000);
        var first = await Make(null, ("index.html", words), ("old.html", "old"));
        await using var output = new ReleaseOutput(blobs, first);
        await output.WriteAsync("index.html", Encoding.UTF8.GetBytes(words), Cancel);
        await output.WriteAsync("copy/index.html", Encoding.UTF8.GetBytes(words), Cancel);
        await output.WriteAsync("new.html", "new"u8.ToArray(), Cancel);
        var second = await output.FinishAsync();
        output.NewFiles.ShouldBe(1);
        second.Files.Single(file => file.Path == "index.html").ShouldBe(first.Files.Single(file => file.Path == "index.html"));
        second.Files.Single(file => file.Path == "copy/index.html").Brotli.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_written_twice_is_what_it_was_the_last_time()
    {
        var manifest = await Make(null, ("index.html", "first"), ("index.html", "second"));
        (await Read(manifest.Files.ShouldHaveSingleItem().Blob)).ShouldBe("second");
    }

    [Theory]
    [InlineData("../out.html")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b.html")]
    [InlineData("a/./b.html")]
    [InlineData("a\\b.html")]
    [InlineData("")]
    public async Task A_path_that_leaves_the_site_is_not_taken(string path)
    {
        await using var output = new ReleaseOutput(blobs);
        await Should.ThrowAsync<ArgumentException>(async () => await output.WriteAsync(path, "x"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task A_store_that_is_full_is_told_to_the_builder_and_nobody_hangs()
    {
        await using var output = new ReleaseOutput(new FullStore());
        var refusal = await Should.ThrowAsync<Refusal>(async () =>
        {
            for (var number = 0; number < 1000; number++) await output.WriteAsync($"{number}.txt", Encoding.UTF8.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), Cancel);
            await output.FinishAsync();
        });
        refusal.Code.ShouldBe("blobs.disk_full");
    }

    [Theory]
    [InlineData("assets/site.61edacebd5.css", true)]
    [InlineData("app-3f2a9c41.js", true)]
    [InlineData("assets/offline.js", false)]
    [InlineData("index.html", false)]
    [InlineData("photo.20260115.png", false)]
    [InlineData("deadbeef.js", false)]
    public void A_name_with_a_hash_of_the_content_is_known(string path, bool hashed) => SitePaths.IsHashed(path).ShouldBe(hashed);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<ReleaseManifest> Make(ReleaseManifest? known, params (string Path, string Text)[] files)
    {
        await using var output = new ReleaseOutput(blobs, known);
        foreach (var (path, text) in files) await output.WriteAsync(path, Encoding.UTF8.GetBytes(text), Cancel);
        return await output.FinishAsync();
    }

    private async Task<string> Read(string blob, Func<Stream, Stream>? unpack = null)
    {
        await using var stream = await blobs.OpenAsync(BlobId.Parse(blob), Cancel);
        using var reader = new StreamReader(unpack?.Invoke(stream) ?? stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    private sealed class FullStore : IBlobStore
    {
        public Task<BlobInfo> PutAsync(Stream content, CancellationToken cancel = default) => throw new Refusal("blobs.disk_full", "The disk is full.", 503);

        public Task<Stream> OpenAsync(BlobId id, CancellationToken cancel = default) => throw new Refusal("blobs.missing", "Not there.", 503);

        public Task<bool> ExistsAsync(BlobId id, CancellationToken cancel = default) => Task.FromResult(false);

        public Task<int> CollectAsync(Func<IReadOnlyList<BlobId>, Task<IReadOnlySet<BlobId>>> isReferenced, TimeSpan minimumAge, CancellationToken cancel = default) => Task.FromResult(0);
    }
}
