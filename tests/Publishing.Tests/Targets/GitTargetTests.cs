using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class GitTargetTests : TargetTestBed
{
    [Fact]
    public async Task A_branch_holds_exactly_what_is_live_one_commit_after_the_other()
    {
        var bare = Path.Combine(Folder, "pages.git");
        Repository.Write("README.md", "# Source\n").Commit();
        Repository.Git("clone", "--quiet", "--bare", Repository.Path, bare);
        var site = await Live(("index.html", "front"), ("docs/index.html", "docs"), ("_headers", "/*\n"));
        await Call(HttpMethod.Post, "sites/lantern/targets", new { name = "there", kind = "git", settings = new { repository = bare, domain = "docs.example.org" } }, 201);
        await WithNode(Quiet);
        var first = (await Deployments()).ShouldHaveSingleItem();
        first["state"]!.GetValue<string>().ShouldBe("done", first.ToJsonString());
        Git("ls-tree", "-r", "--name-only", "gh-pages").ShouldBe(".nojekyll\nCNAME\ndocs/index.html\nindex.html\n");
        Git("show", "gh-pages:index.html").ShouldBe("front");
        Git("show", "gh-pages:CNAME").ShouldBe("docs.example.org\n");
        first["remoteId"]!.GetValue<string>().ShouldBe(Git("rev-parse", "gh-pages").Trim());
        Git("log", "--format=%an %s", "gh-pages").ShouldBe($"Rialto lantern of {new string('0', 12)}\n");

        await Publish(site, 2, ("index.html", "front two"));
        Git("ls-tree", "-r", "--name-only", "gh-pages").ShouldBe(".nojekyll\nCNAME\nindex.html\n");
        Git("rev-list", "--count", "gh-pages").Trim().ShouldBe("2");
        Git("rev-parse", "main").ShouldBe(Repository.Git("rev-parse", "main"), "other branches are left alone");

        // The same once more: nothing is pushed.
        await Call(HttpMethod.Post, "sites/lantern/targets/there/deployments", new { }, 202);
        await WithNode(Quiet);
        Git("rev-list", "--count", "gh-pages").Trim().ShouldBe("2");
        (await Deployments())[0]["uploaded"]!.GetValue<int>().ShouldBe(0);

        string Git(params string[] arguments) => Repository.Git(["--git-dir", bare, .. arguments]);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_said()
    {
        await Live(("index.html", "front"));
        await Call(HttpMethod.Post, "sites/lantern/targets", new { name = "there", kind = "git", settings = new { repository = Path.Combine(Folder, "never-was.git") } }, 201);
        await WithNode(Quiet);
        (await Deployments()).ShouldHaveSingleItem()["errorCode"]!.GetValue<string>().ShouldBe("repository.not_found");
    }
}
