using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class RetentionTests : PublishingTestBed
{
    [Fact]
    public async Task The_newest_the_live_the_kept_and_the_previewed_releases_stay()
    {
        var site = await Site();
        var ids = new List<Guid>();
        for (var sequence = 1; sequence <= 8; sequence++) ids.Add(await Release(site, sequence, ("index.html", $"{sequence}")));
        await EndBuild(site, ids[0], 1);
        await Call(HttpMethod.Put, $"sites/lantern/releases/{ids[1]}/kept", new { isKept = true });
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await session.Connection.ExecuteAsync("insert into publishing.previews (site_id, label, kind, ref, release_id, sequence) values (@Id, 'b', 'branch', 'b', @third, 3), (@Id, 'c', 'commit', 'c', @fourth, 4)",
                new { site.Id, third = ids[2], fourth = ids[3] });
            await session.Connection.ExecuteAsync("update publishing.sites set keep_releases = 2");
            (await Retention.TrimAsync(session, site.Id, Cancel)).ShouldBe(3);
            await session.CommitAsync(Cancel);
        }
        var left = (await Call(HttpMethod.Get, "sites/lantern/releases?sort=sequence"))["items"]!.AsArray().Select(release => release!["sequence"]!.GetValue<int>());
        left.ShouldBe([1, 2, 3, 7, 8]);
        (await Ask<int>("select count(*)::int from publishing.previews")).ShouldBe(1);
    }

    [Fact]
    public async Task Bytes_go_when_no_release_needs_them_and_not_before()
    {
        var site = await Site();
        var shared = new string('s', 3000);
        var first = await Release(site, 1, ("index.html", shared), ("old.html", new string('o', 3000)));
        await EndBuild(site, first, 1);
        await EndBuild(site, await Release(site, 2, ("index.html", shared)), 2);
        (await Service<Retention>().CollectAsync(TimeSpan.Zero, Cancel)).ShouldBe(0);
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await session.Connection.ExecuteAsync("delete from publishing.releases where id = @first", new { first });
            await session.CommitAsync(Cancel);
        }
        // The manifest, the page that is gone, and its two compressed copies.
        (await Service<Retention>().CollectAsync(TimeSpan.Zero, Cancel)).ShouldBe(4);
        (await Text(await Get("/s/lantern/"))).ShouldBe(shared);
    }

    [Fact]
    public async Task What_is_being_published_right_now_is_too_young_to_be_collected()
    {
        await using var output = new ReleaseOutput(Blobs);
        await output.WriteAsync("index.html", "soon"u8.ToArray(), Cancel);
        var manifest = await output.FinishAsync();
        (await Service<Retention>().CollectAsync(cancel: Cancel)).ShouldBe(0);
        (await Blobs.ExistsAsync(BlobId.Parse(manifest.Files[0].Blob), Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_stops_the_collection_whole()
    {
        var site = await Site();
        var release = await Release(site, 1, ("index.html", "words"));
        var manifest = await Ask<string>($"select manifest from publishing.releases where id = '{release}'");
        File.Delete(Path.Combine(Folder, "blobs", manifest[..2], manifest[2..4], manifest));
        await Should.ThrowAsync<Refusal>(() => Service<Retention>().CollectAsync(TimeSpan.Zero, Cancel));
        Directory.EnumerateFiles(Path.Combine(Folder, "blobs"), "*", SearchOption.AllDirectories).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_release_does_not_share_files_with_one_that_was_removed_meanwhile()
    {
        var site = await Site();
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        var release = new NewRelease { Site = site.Id, Sequence = 9, Branch = "", Commit = "c", Manifest = "m", Files = 0, Pages = 0, Bytes = 0, Theme = "", SharesWith = Guid.NewGuid() };
        (await Should.ThrowAsync<Refusal>(() => release.InsertAsync(session, Cancel))).Status.ShouldBe(503);
    }
}
