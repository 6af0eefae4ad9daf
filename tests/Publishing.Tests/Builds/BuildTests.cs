using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class BuildTests : BuildTestBed
{
    // Put together here, so that no scanner takes this file for a leak.
    private static readonly string Token = "ghp_" + "Zx81LmQ0sVb7RtYw2KpNc5JdHfGa93EuTi6o";

    [Fact]
    public async Task A_push_becomes_a_live_site_and_its_stages_and_log_can_be_read()
    {
        Repository.Write("README.md", "# Lantern\n\nA small static server that lights up a folder.\n").Write("_redirects", "/code https://example.org/code\n").Commit();
        var asked = await Push();
        asked.IsNew.ShouldBeTrue();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, asked, Cancel));

        (await Text(await Get("/s/lantern/"))).ShouldContain("lights up a folder");
        (await Get("/s/lantern/code")).Headers.Location!.OriginalString.ShouldBe("https://example.org/code");
        var build = (await Call(HttpMethod.Get, "sites/lantern/builds"))["items"]![0]!;
        (build["state"]!.GetValue<string>(), build["outcome"]!.GetValue<string>()).ShouldBe(("done", "live"));
        build["stages"]!.AsArray().Select(stage => stage!["name"]!.GetValue<string>()).ShouldBe(["fetch", "redact", "analyse", "generate", "check", "publish"]);
        build["stages"]!.AsArray().ShouldAllBe(stage => stage!["milliseconds"]!.GetValue<double>() >= 0);
        var log = await Call(HttpMethod.Get, $"builds/{build["id"]}/log");
        log["lines"]!.AsArray().Count.ShouldBeGreaterThan(6);
        var ofAll = (await Call(HttpMethod.Get, "builds?state=done"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (ofAll["id"]!.GetValue<string>(), ofAll["site"]!.GetValue<string>()).ShouldBe((build["id"]!.GetValue<string>(), "lantern"));
        (await Call(HttpMethod.Get, "builds?state=failed"))["items"]!.AsArray().ShouldBeEmpty();
        log["isComplete"]!.GetValue<bool>().ShouldBeTrue();
        (await Call(HttpMethod.Get, $"builds/{build["id"]}/log?after={log["next"]}"))["lines"]!.AsArray().Count.ShouldBe(0);
        (await Events("publishing.build_finished")).ShouldHaveSingleItem().ShouldContain("\"live\"");
        await ItWasTold(build["id"]!.GetValue<string>(), log["lines"]!.AsArray().Count);
    }

    // From its first message on, as somebody would have seen it who watched: every line once, the stages, the end.
    private async Task ItWasTold(string build, int lines)
    {
        var numbers = new List<int>();
        await foreach (var frame in Service<LiveFeed>().FollowAsync(new Caller(AdasTenant, "key:ada", new HashSet<string> { "publishing.read" }), "build:" + build, "-", Cancel))
        {
            if (frame.Data is not { } news) continue;
            numbers.AddRange(news.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("number").GetInt32()));
            if (news.GetProperty("state").GetString() != "done") continue;
            news.GetProperty("stages").GetArrayLength().ShouldBe(6);
            break;
        }
        numbers.ShouldBe(Enumerable.Range(1, lines));
    }

    [Fact]
    public async Task The_same_commit_is_not_made_again_and_a_new_one_keeps_only_what_changed()
    {
        Repository.Write("README.md", "# Lantern\n\nOne.\n").Commit();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            await Quiet();
        });
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(2);
        (await Ask<int>("select count(distinct manifest)::int from publishing.releases")).ShouldBe(1);
        (await Ask<string>("select stages->1->>'note' from publishing.builds order by started_at desc limit 1")).ShouldBe("unchanged: taken from release 1");
        (await Ask<string>("select string_agg(stage->>'name', ' ' order by ord) from (select stages from publishing.builds order by started_at desc limit 1) b, jsonb_array_elements(stages) with ordinality as s(stage, ord)")).ShouldBe("fetch generate publish");

        Repository.Write("notes.md", "# Notes\n\nA page more.\n").Commit();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel));
        (await Ask<string>("select stages->4->>'note' from publishing.builds order by started_at desc limit 1")).ShouldNotStartWith("0 of ");
        (await Ask<long>("select count(distinct manifest) from publishing.releases")).ShouldBe(2);
    }

    [Fact]
    public async Task Five_hundred_pushes_in_a_burst_are_at_most_two_builds_and_the_last_one_is_live()
    {
        Repository.Write("README.md", "# Lantern\n\nFirst.\n").Commit();
        var commits = Enumerable.Range(0, 5).Select(number => Repository.Write("README.md", $"# Lantern\n\nEdition {number}.\n").Commit($"{number}")).ToArray();
        var asked = await Push();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, asked, Cancel);
            await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (number, _) => await Pushed("main", commits[number % 4]));
            await Pushed("main", commits[4]);
            await Quiet();
        });
        (await Text(await Get("/s/lantern/"))).ShouldContain("Edition 4");
        // Of those that began while the burst still came, each was the newest when it began; the last is the last push.
        (await Ask<int>("select count(*)::int from publishing.builds where state = 'done'")).ShouldBeLessThan(20);
        (await Ask<int>("select max(running)::int from (select count(*) over (order by started_at range between unbounded preceding and current row) - (select count(*) from publishing.builds e where e.finished_at < b.started_at) as running from publishing.builds b) r")).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_burst_while_no_node_runs_is_one_build_and_a_delivery_twice_is_one()
    {
        var commit = Repository.Write("README.md", "# Lantern\n\nFirst.\n").Commit();
        await Push();
        for (var turn = 0; turn < 50; turn++) await Pushed("main", commit);
        (await Ask<int>("select count(*)::int from kernel.jobs")).ShouldBe(2);
        await WithNode(Quiet);
        await Pushed("main", commit);
        (await Ask<int>("select count(*)::int from kernel.jobs where state = 'waiting'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_branch_has_a_preview_that_follows_it_and_what_is_live_stays()
    {
        Repository.Write("README.md", "# Lantern\n\nMain words.\n").Commit();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            Repository.Git("checkout", "--quiet", "-b", "bold");
            var bold = Repository.Write("README.md", "# Lantern\n\nBold words.\n").Commit();
            Repository.Git("checkout", "--quiet", "main");
            await Pushed("bold", bold);
            await Quiet();
        });
        (await Text(await Get("/s/lantern@bold/"))).ShouldContain("Bold words");
        (await Text(await Get("/s/lantern/"))).ShouldContain("Main words");
        (await Call(HttpMethod.Get, "sites/lantern/previews")).AsArray().Count.ShouldBe(3);
        (await Events("publishing.preview_ready")).ShouldHaveSingleItem().ShouldContain("bold--lantern");
    }

    [Fact]
    public async Task A_build_that_fails_leaves_the_site_as_it_was_and_says_why()
    {
        Repository.Write("README.md", "# Lantern\n\nGood words stand here.\n").Commit();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            await Pushed("main", new string('b', 40));
            await Quiet();
        });
        (await Text(await Get("/s/lantern/"))).ShouldContain("Good words");
        var build = (await Call(HttpMethod.Get, "sites/lantern/builds?state=failed"))["items"]![0]!;
        build["errorCode"]!.GetValue<string>().ShouldStartWith("repository.");
        build["error"]!.GetValue<string>().ShouldNotBeEmpty();
        (await Events("publishing.build_finished")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_secret_is_published_hidden_and_the_owner_is_told_where()
    {
        Repository.Write("README.md", $"# Lantern\n\nUse {Token} to sign in.\n").Commit();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel));
        (await Text(await Get("/s/lantern/"))).ShouldNotContain(Token);
        var told = (await Events("publishing.secrets_found")).ShouldHaveSingleItem();
        told.ShouldContain("README.md:3");
        told.ShouldNotContain(Token);
        foreach (var blob in Directory.EnumerateFiles(Path.Combine(Folder, "blobs"), "*", SearchOption.AllDirectories)) (await File.ReadAllTextAsync(blob, Cancel)).ShouldNotContain(Token, Case.Sensitive, blob);
    }

    [Fact]
    public async Task An_organisation_that_blocks_secrets_gets_none_of_its_sites_out_and_sees_where_they_are()
    {
        Repository.Write("README.md", $"# Lantern\n\nUse {Token} to sign in.\n").Commit();
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await Service<TenantSettings>().SetAsync(session, "builds.secrets", System.Text.Json.Nodes.JsonValue.Create("block"), Cancel);
            await session.CommitAsync(Cancel);
        }
        await WithNode(async () =>
        {
            await Push();
            await Quiet();
            await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
            {
                await Service<TenantSettings>().ResetAsync(session, "builds.secrets", Cancel);
                await session.CommitAsync(Cancel);
            }
            (await Get("/s/lantern/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var blocked = (await Call(HttpMethod.Get, "sites/lantern/secrets"))["items"]!.AsArray().ShouldHaveSingleItem()!;
            (blocked["isBlocked"]!.GetValue<bool>(), blocked["count"]!.GetValue<int>(), blocked["places"]![0]!.GetValue<string>()).ShouldBe((true, 1, "README.md:3"));
            // Allowed again: published with them hidden, and told once more, because it is another thing now.
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
        });
        (await Text(await Get("/s/lantern/"))).ShouldNotContain(Token);
        (await Call(HttpMethod.Get, "sites/lantern/secrets"))["items"]!.AsArray().ShouldHaveSingleItem()!["isBlocked"]!.GetValue<bool>().ShouldBeFalse();
        (await Events("publishing.secrets_found")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_build_found_out_is_shown_with_its_repository()
    {
        var commit = Repository.Write("README.md", "# Lantern\n\nA small static server that lights up a folder.\n").Commit();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel));
        var repository = (await Call(HttpMethod.Get, "../repositories?kind=local"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        var facts = await Call(HttpMethod.Get, $"../repositories/{repository["id"]}/facts");
        (facts["commit"]!.GetValue<string>(), facts["secrets"]!.GetValue<int>(), facts["facts"]!["title"]!["value"]!.GetValue<string>()).ShouldBe((commit, 0, "Lantern"));
        facts["score"]!.GetValue<int>().ShouldBe(facts["facts"]!["quality"]!["score"]!.GetValue<int>());
        facts["facts"]!["quality"]!["checks"]!.AsArray().ShouldContain(check => check!["fix"] != null);
        await Call(HttpMethod.Get, $"../repositories/{repository["id"]}/facts?commit={new string('0', 40)}", status: 404);
    }

    [Fact]
    public async Task Old_builds_are_forgotten_and_the_log_of_newer_ones_before_them()
    {
        Repository.Write("README.md", "# Lantern\n\nA small static server that lights up a folder.\n").Commit();
        await WithNode(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel));
        var site = await Ask<Guid>("select id from publishing.sites");
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await session.Connection.ExecuteAsync(
                """
                insert into publishing.builds (id, site_id, job_id, branch, sequence, state, started_at) select gen_random_uuid(), @site, gen_random_uuid(), '', n, 'failed', now() - n * interval '1 hour' from generate_series(1, 250) n;
                insert into publishing.build_lines (build_id, number, stage, text) select id, 1, 'fetch', 'x' from publishing.builds where state = 'failed'
                """, new { site });
            await BuildStore.TrimAsync(session, site, Cancel);
            await session.CommitAsync(Cancel);
        }
        (await Ask<long>("select count(*) from publishing.builds")).ShouldBe(200);
        (await Ask<long>("select count(distinct build_id) from publishing.build_lines")).ShouldBe(30);
    }

    [Fact]
    public async Task An_owner_who_wants_no_secret_out_gets_a_refusal_instead_of_a_site()
    {
        Repository.Write("README.md", "# Lantern\n\nGood words stand here.\n").Commit();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            await Call(HttpMethod.Patch, "sites/lantern", new { blockOnSecrets = true });
            Repository.Write("config.env", $"TOKEN={Token}\n").Commit();
            (await Should.ThrowAsync<Refusal>(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel))).Code.ShouldBe("publishing.secrets_found");
        });
        (await Events("publishing.secrets_found")).ShouldHaveSingleItem().ShouldContain("\"isBlocked\": true");
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(1);
    }

    [Fact]
    public async Task Paths_of_this_machine_are_not_taken_from_callers()
    {
        foreach (var source in new[] { "/etc", "../x", ".", "file:///etc", "./a/b", "C:\\x" })
            (await Call(HttpMethod.Post, "sites", new { name = "lantern", source }, 422))["code"]!.GetValue<string>().ShouldBe("publishing.source_invalid", source);
        (await Call(HttpMethod.Post, "sites", new { name = "lantern", source = "acme/lantern" }, 201))["source"]!.GetValue<string>().ShouldBe("https://github.com/acme/lantern");
    }

    [Fact]
    public async Task A_waiting_build_is_cancelled_and_tried_again()
    {
        Repository.Write("README.md", "# Lantern\n\nGood words stand here.\n").Commit();
        var asked = await Push();
        (await Ada.PostAsync($"/api/v1/jobs/{asked.Job}/cancel", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await WithNode(async () =>
        {
            await Should.ThrowAsync<Refusal>(async () => await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, asked, Cancel));
            (await Ada.PostAsync($"/api/v1/jobs/{asked.Job}/retry", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, asked, Cancel);
        });
        (await Get("/s/lantern/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
