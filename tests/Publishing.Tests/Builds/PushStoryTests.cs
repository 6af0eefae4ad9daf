using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class PushStoryTests : PushTestBed
{
    [Fact]
    public async Task Connected_it_is_live_and_each_push_is_live_and_a_branch_has_a_preview_as_long_as_it_is_there()
    {
        Repository.Write("README.md", "# Lantern\n\nWords of the beginning.\n").Commit();
        await ConnectAsync();
        await WithNode(async () =>
        {
            await Says("/s/lantern/", "Words of the beginning");
            await PushAsync("Words of the morning.");
            await Says("/s/lantern/", "Words of the morning");
            Repository.Git("checkout", "--quiet", "-b", "bold");
            await PushAsync("Bold words stand here.", "bold");
            await Says("/s/lantern@bold/", "Bold words");
            (await Text(await Get("/s/lantern/"))).ShouldContain("Words of the morning");

            Repository.Git("checkout", "--quiet", "main");
            Repository.Git("branch", "-D", "bold");
            Git.Push(Repository, "acme/lantern.git");
            await DeliverAsync("bold", null, null);
            await Eventually.Happens(async () => (int)(await Get("/s/lantern@bold/")).StatusCode == 404);
            await Still();
        });
        (await Events("publishing.preview_removed")).ShouldHaveSingleItem().ShouldContain("bold");
        (await Text(await Get("/s/lantern/"))).ShouldContain("Words of the morning");
    }

    [Fact]
    public async Task Five_hundred_pushes_in_a_burst_are_two_builds_at_most_and_the_last_one_is_live()
    {
        Repository.Write("README.md", "# Lantern\n\nThe first words stand here.\n").Commit();
        await ConnectAsync();
        using var gate = new Gate(Git);
        await WithNode(async () =>
        {
            await Says("/s/lantern/", "The first words");
            await Still();
            gate.Close();
            var before = Repository.Git("rev-parse", "HEAD").Trim();
            var commits = Enumerable.Range(0, 500).Select(number => number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var last = Repository.Write("README.md", "# Lantern\n\nThe last words stand here.\n").Commit();
            Git.Push(Repository, "acme/lantern.git");
            // The first of them is real: its build is held at the gate while all others come.
            await DeliverAsync("main", before, last);
            await gate.ReachedAsync(Cancel);
            await Parallel.ForEachAsync(Enumerable.Range(1, 498), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (number, _) => await DeliverAsync("main", commits[number - 1], commits[number]));
            await Eventually.Happens(async () => await Ask<long>("select count(*) from repositories.deliveries where state = 'waiting'") == 0);
            await DeliverAsync("main", commits[498], last);
            await Eventually.Happens(async () => await Ask<string>("select commit from publishing.heads where branch = 'main'") == last);
            gate.Open();
            await Still();
        });
        (await Text(await Get("/s/lantern/"))).ShouldContain("The last words");
        (await Ask<long>("select count(*) from repositories.deliveries")).ShouldBe(500);
        (await Ask<long>("select count(*) from publishing.builds where branch = 'main'")).ShouldBeLessThanOrEqualTo(2);
        (await Ask<string>("select commit from publishing.releases r join publishing.sites s on s.live_release = r.id")).ShouldBe(Repository.Git("rev-parse", "HEAD").Trim());
    }

    [Fact]
    public async Task A_build_of_an_older_commit_that_ends_later_never_goes_live()
    {
        var older = Repository.Write("README.md", "# Lantern\n\nOlder words stand here.\n").Commit();
        using var gate = new Gate(Git);
        gate.Close();
        await ConnectAsync();
        await WithNode(async () =>
        {
            // The first build is held with its fetch of the older commit.
            await gate.ReachedAsync(Cancel);
            gate.LetThroughAllBut(older);
            await PushAsync("Newer words stand here.");
            await Says("/s/lantern/", "Newer words");
            gate.Open();
            await Still();
        });
        (await Text(await Get("/s/lantern/"))).ShouldContain("Newer words");
        // Superseded; or given up by Git itself, when the machine was so slow that nothing came for half a minute.
        (await Ask<string?>("select outcome from publishing.builds order by sequence limit 1")).ShouldBeOneOf("superseded", null);
        (await Ask<long>($"select count(*) from publishing.switches s join publishing.releases r on r.id = s.release_id where r.commit = '{older}'")).ShouldBe(0);
        (await Events("publishing.site_went_live")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_is_one_build()
    {
        Repository.Write("README.md", "# Lantern\n\nThe first words stand here.\n").Commit();
        await ConnectAsync();
        await WithNode(async () =>
        {
            await Says("/s/lantern/", "The first words");
            await Still();
            var before = Repository.Git("rev-parse", "HEAD").Trim();
            var after = Repository.Write("README.md", "# Lantern\n\nThe second words stand here.\n").Commit();
            Git.Push(Repository, "acme/lantern.git");
            await DeliverAsync("main", before, after, "the-same");
            await DeliverAsync("main", before, after, "the-same");
            await Says("/s/lantern/", "The second words");
            await Still();
            await DeliverAsync("main", before, after, "the-same");
            await Still();
        });
        (await Ask<long>("select count(*) from publishing.builds")).ShouldBe(2);
        (await Ask<long>("select count(*) from repositories.deliveries")).ShouldBe(1);
    }

    [Fact]
    public async Task A_branch_that_is_deleted_while_it_is_built_gets_no_preview()
    {
        Repository.Write("README.md", "# Lantern\n\nThe first words stand here.\n").Commit();
        await ConnectAsync();
        using var gate = new Gate(Git);
        await WithNode(async () =>
        {
            await Says("/s/lantern/", "The first words");
            gate.Close();
            Repository.Git("checkout", "--quiet", "-b", "brief");
            var brief = await PushAsync("Brief words stand here.", "brief");
            await gate.ReachedAsync(Cancel);
            await DeliverAsync("brief", brief, null);
            await Eventually.Happens(async () => await Ask<long>("select count(*) from publishing.heads where branch = 'brief'") == 0);
            gate.Open();
            await Still();
        });
        ((int)(await Get("/s/lantern@brief/")).StatusCode).ShouldBe(404);
        (await Ask<long>("select count(*) from publishing.previews where kind = 'branch'")).ShouldBe(0);
    }

    [Fact]
    public async Task Two_organisations_that_want_one_name_get_two()
    {
        Repository.Write("README.md", "# Lantern\n\nThe words stand here.\n").Commit();
        await using (var session = await Test.Database.BeginAsync(Rialto.Kernel.TenantId.New(), Cancel))
        {
            await CreateSiteOperation.CreateAsync(session, "lantern", "https://example.org/bob/lantern", null, null, Cancel);
            await session.CommitAsync(Cancel);
        }
        await ConnectAsync("");
        await WithNode(() => Says("/s/lantern-2/", "The words"));
    }

    /// <summary>Holds fetches of objects at the host until it is opened.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile string only = "";
        private volatile bool isClosed;

        public Gate(GitHost host) => host.Misbehaviour = async (context, honestly) =>
        {
            if (isClosed && await Misbehaviours.IsFetchAsync(context.Request, only))
            {
                reached.TrySetResult();
                await open.Task.WaitAsync(context.RequestAborted);
            }
            await honestly();
        };

        public void Close() => isClosed = true;

        public Task ReachedAsync(CancellationToken cancel) => reached.Task.WaitAsync(cancel);

        public void LetThroughAllBut(string commit) => only = commit;

        public void Open()
        {
            isClosed = false;
            open.TrySetResult();
        }

        public void Dispose() => Open();
    }
}
