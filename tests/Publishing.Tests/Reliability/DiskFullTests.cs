using System.Net;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class DiskFullTests : BuildTestBed
{
    private SmallDisk? disk;

    public override async ValueTask InitializeAsync()
    {
        disk = SmallDisk.TryMount(Path.Combine(Folder, "blobs"), kilobytes: 8192);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        disk?.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_stops_the_build_and_nothing_else_and_room_brings_it_back()
    {
        if (disk is null) Assert.Skip("Only root may mount a small disk to fill.");
        Repository.Write("README.md", "# Lantern\n\nOld words stand here.\n").Commit();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            var filler = disk.Fill();
            Repository.Write("README.md", "# Lantern\n\nNew words stand here.\n").Commit();
            var asked = await Push();
            await Eventually.Happens(async () => await Ask<int>("select count(*)::int from publishing.builds where error_code = 'blobs.disk_full'") > 0);

            // What is live is served, in any encoding, and says nothing of the trouble.
            foreach (var encoding in new[] { "br", "gzip", "identity" }) (await Get("/s/lantern/", ("Accept-Encoding", encoding))).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await Text(await Get("/s/lantern/"))).ShouldContain("Old words");
            var build = (await Call(HttpMethod.Get, "sites/lantern/builds?state=failed"))["items"]![0]!;
            build["error"]!.GetValue<string>().ShouldContain("disk");
            Directory.GetFiles(Path.Combine(Folder, "blobs", "incoming")).ShouldBeEmpty();

            File.Delete(filler);
            await Quiet();
            // On a machine too busy to make room in time the job was given up; its owner tries it again.
            if (await Ask<string>($"select state from kernel.jobs where id = '{asked.Job}'") == "failed")
            {
                (await Ada.PostAsync($"/api/v1/jobs/{asked.Job}/retry", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
                await Quiet();
            }
        });
        (await Text(await Get("/s/lantern/"))).ShouldContain("New words");
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(2);
    }

    [Fact]
    public async Task A_blob_larger_than_the_room_leaves_no_half_of_itself()
    {
        if (disk is null) Assert.Skip("Only root may mount a small disk to fill.");
        using var large = new MemoryStream(new byte[16 * 1024 * 1024]);
        (await Should.ThrowAsync<Refusal>(() => Blobs.PutAsync(large, Cancel))).Code.ShouldBe("blobs.disk_full");
        Directory.GetFiles(Path.Combine(Folder, "blobs"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        using var small = new MemoryStream("fits"u8.ToArray());
        (await Blobs.PutAsync(small, Cancel)).SizeBytes.ShouldBe(4);
    }
}
