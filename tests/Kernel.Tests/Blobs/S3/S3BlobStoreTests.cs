using System.Text;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class S3BlobStoreTests : IAsyncLifetime
{
    private const int PartBytes = 64 * 1024;
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-s3-").FullName;
    private S3Server server = null!;
    private S3BlobStore store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await S3Server.StartAsync();
        server.LeastPartBytes = PartBytes;
        store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_kept_comes_back_under_its_SHA_256()
    {
        var kept = await Put("abc");
        kept.ShouldBe(new BlobInfo(BlobId.Parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), 3));
        server.Objects.Keys.ShouldBe(["rialto blobs/ba/78/" + kept.Id]);
        (await Get(kept.Id)).ShouldBe("abc");
        (await store.ExistsAsync(kept.Id, Cancel)).ShouldBeTrue();
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_a_blob_as_well()
    {
        var kept = await Put("");
        (await Get(kept.Id)).ShouldBe("");
    }

    [Theory]
    [InlineData(PartBytes, 1)]
    [InlineData(PartBytes + 1, 4)]
    [InlineData(PartBytes * 3, 5)]
    public async Task What_is_larger_than_a_part_goes_in_parts(int size, int sends)
    {
        var bytes = Bytes(size);
        var kept = await store.PutAsync(new MemoryStream(bytes), Cancel);
        server.Objects.Values.Single().Bytes.ShouldBe(bytes);
        // Begun, each part, completed; or one request.
        server.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal) || request.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(sends);
        server.OpenUploads.ShouldBe(0);
        await using var stream = await store.OpenAsync(kept.Id, Cancel);
        stream.Length.ShouldBe(size);
    }

    [Fact]
    public async Task What_was_kept_a_moment_ago_is_not_sent_again_and_what_is_older_becomes_young()
    {
        var kept = await Put("abc");
        await Put("abc");
        Sends().ShouldBe(1);
        server.Age(server.Objects.Keys.Single(), TimeSpan.FromHours(2));
        await Put("abc");
        Sends().ShouldBe(2);
        (DateTimeOffset.UtcNow - server.Objects.Values.Single().At).ShouldBeLessThan(TimeSpan.FromHours(1));
        kept.SizeBytes.ShouldBe(3);
    }

    [Fact]
    public async Task Reading_begins_anywhere_and_goes_back()
    {
        var bytes = Bytes(50_000);
        var kept = await store.PutAsync(new MemoryStream(bytes), Cancel);
        await using var stream = await store.OpenAsync(kept.Id, Cancel);
        var part = new byte[100];
        foreach (var place in new[] { 49_900, 0, 20_000, 20_100, 20_050 })
        {
            stream.Position = place;
            await stream.ReadExactlyAsync(part, Cancel);
            part.ShouldBe(bytes[place..(place + 100)]);
        }
        stream.Seek(-10, SeekOrigin.End);
        (await stream.ReadAsync(part, Cancel)).ShouldBe(10);
        (await stream.ReadAsync(part, Cancel)).ShouldBe(0);
        Should.Throw<IOException>(() => stream.Seek(-1, SeekOrigin.Begin));
    }

    [Fact]
    public async Task What_passes_by_itself_is_tried_again()
    {
        server.FailNext(503, 500, 429);
        var kept = await Put("abc");
        server.FailNext(503);
        (await Get(kept.Id)).ShouldBe("abc");
    }

    [Fact]
    public async Task A_service_that_stays_away_is_refused_by_name_and_leaves_no_parts()
    {
        server.FailNext(503, 503, 503, 503);
        (await Should.ThrowAsync<Refusal>(() => Put("abc"))).Code.ShouldBe("blobs.unreachable");
        server.LeastPartBytes = PartBytes * 10;
        (await Should.ThrowAsync<Refusal>(() => store.PutAsync(new MemoryStream(Bytes(PartBytes * 3)), Cancel))).Message.ShouldContain("EntityTooSmall");
        server.OpenUploads.ShouldBe(0);
        server.Objects.ShouldBeEmpty();
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        await server.DisposeAsync();
        (await Should.ThrowAsync<Refusal>(() => store.ExistsAsync(BlobId.Parse(new string('a', 64)), Cancel))).Code.ShouldBe("blobs.unreachable");
        server = await S3Server.StartAsync();
    }

    [Theory]
    [InlineData(S3Server.AccessKey, "wrong", S3Server.Region, "SignatureDoesNotMatch")]
    [InlineData("AKIDOTHER", S3Server.SecretKey, S3Server.Region, "InvalidAccessKeyId")]
    [InlineData(S3Server.AccessKey, S3Server.SecretKey, "elsewhere-1", "InvalidAccessKeyId")]
    public async Task A_wrong_key_is_refused_and_not_told(string access, string secret, string region, string word)
    {
        using var wrong = new S3BlobStore(new S3Account(server.Address, S3Server.Bucket, region, access, secret), folder);
        var refused = await Should.ThrowAsync<Refusal>(() => wrong.OpenAsync(BlobId.Parse(new string('a', 64)), Cancel));
        refused.Code.ShouldBe("blobs.not_allowed");
        refused.Message.ShouldContain(word);
        refused.Message.ShouldNotContain(secret == "wrong" ? "wrong" : S3Server.SecretKey);
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        var id = BlobId.Parse(new string('a', 64));
        (await store.ExistsAsync(id, Cancel)).ShouldBeFalse();
        (await Should.ThrowAsync<Refusal>(() => store.OpenAsync(id, Cancel))).Code.ShouldBe("blobs.missing");
    }

    [Fact]
    public async Task Old_and_unwanted_blobs_go_page_by_page_and_nothing_else()
    {
        server.PageSize = 3;
        var kept = new List<BlobId>();
        for (var number = 0; number < 10; number++) kept.Add((await Put($"blob {number}")).Id);
        foreach (var key in server.Objects.Keys.Where(key => !key.EndsWith(kept[9].Value, StringComparison.Ordinal)).ToArray()) server.Age(key, TimeSpan.FromDays(2));
        using (var other = new S3BlobStore(Account() with { Prefix = "another/" }, folder))
        {
            var foreign = await other.PutAsync(new MemoryStream([1]), Cancel);
            server.Age($"another/{foreign.Id.Value[..2]}/{foreign.Id.Value[2..4]}/{foreign.Id}", TimeSpan.FromDays(2));
        }
        var asked = new List<BlobId>();
        var removed = await store.CollectAsync(old =>
        {
            asked.AddRange(old);
            return Task.FromResult<IReadOnlySet<BlobId>>(new HashSet<BlobId> { kept[0], kept[1] });
        }, TimeSpan.FromDays(1), Cancel);
        removed.ShouldBe(7);
        asked.ShouldBe(kept.Take(9), ignoreOrder: true);
        foreach (var id in new[] { kept[0], kept[1], kept[9] }) (await store.ExistsAsync(id, Cancel)).ShouldBeTrue();
        server.Objects.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("disk", "", null)]
    [InlineData("s3", "the-key", null)]
    [InlineData("s3", "", "blobs.s3_secret_key")]
    [InlineData("tape", "", "blobs.store")]
    public void The_settings_choose_the_store(string choice, string secret, string? wrong)
    {
        var environment = new Dictionary<string, string?>
        {
            ["RIALTO_BLOBS__STORE"] = choice, ["RIALTO_BLOBS__S3_ENDPOINT"] = "http://127.0.0.1:9", ["RIALTO_BLOBS__S3_BUCKET"] = "b", ["RIALTO_BLOBS__S3_ACCESS_KEY"] = "a", ["RIALTO_BLOBS__S3_SECRET_KEY"] = secret,
        };
        IBlobStore Choose() => BlobSettings.Open(SettingLayers.Read(BlobSettings.All, null, environment.GetValueOrDefault), folder);
        if (wrong is null) Choose().ShouldBeOfType(choice == "s3" ? typeof(S3BlobStore) : typeof(DiskBlobStore));
        else Should.Throw<Refusal>(Choose).Details["setting"].ShouldBe(wrong);
    }

    private S3Account Account() => new(server.Address, S3Server.Bucket, S3Server.Region, S3Server.AccessKey, S3Server.SecretKey) { Prefix = "rialto blobs/" };

    private S3BlobStore Open() => new(Account(), folder, PartBytes);

    private Task<BlobInfo> Put(string text) => store.PutAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Cancel);

    private int Sends() => server.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal));

    private async Task<string> Get(BlobId id)
    {
        await using var stream = await store.OpenAsync(id, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
