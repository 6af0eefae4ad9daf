using System.Net;
using System.Net.Sockets;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Remote;

/// <summary>Repositories read over real HTTPS from a host that serves them by <c>git http-backend</c>.</summary>
public sealed class FetchingTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Branches_tags_and_commits_are_opened_and_the_default_branch_is_read_not_guessed()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        var first = repository.Commit("first");
        repository.Git("tag", "-a", "create-app@3.1.0", "-m", "words");
        var second = repository.Write("a.txt", "two").Commit("second");
        repository.Git("branch", "feature/new/look");
        var third = repository.Write("a.txt", "three").Commit("third");
        repository.Git("branch", "-m", "main", "trunk");
        bench.Host.Publish(repository, "acme/rocket.git");

        foreach (var (at, commit, name) in new[]
        {
            ("", third, "trunk"), ("@trunk", third, "trunk"), ("@create-app@3.1.0", first, "create-app@3.1.0"), ("@feature/new/look", second, "feature/new/look"),
            ("@" + first, first, null), ("@" + second[..8], second, null),
        })
        {
            await using var tree = await bench.OpenAsync(bench.Host.Url("acme/rocket.git") + at);
            tree.Identity.Commit.ShouldBe(commit, at);
            tree.Identity.Ref.ShouldBe(name, at);
            tree.Identity.DefaultBranch.ShouldBe("trunk");
            tree.Identity.Name.ShouldBe("rocket");
            tree.Identity.Owner.ShouldBe("acme");
            Encoding.UTF8.GetString((await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Span).ShouldBe(commit == first ? "one" : commit == second ? "two" : "three");
            (await tree.TagsAsync(Cancel)).Single().ShouldSatisfyAllConditions(tag => tag.Name.ShouldBe("create-app@3.1.0"), tag => tag.Commit.ShouldBe(first));
        }
        bench.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_of_a_commit_that_nothing_offers_and_unknown_names_are_refused_clearly()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        var first = repository.Commit("first");
        repository.Write("a.txt", "two").Commit("second");
        bench.Host.Publish(repository, "acme/rocket.git");

        (await bench.RefusedAsync(bench.Host.Url("acme/rocket.git@") + first[..7], "repository.ref_not_found")).Message.ShouldContain("all its digits");
        (await bench.RefusedAsync(bench.Host.Url("acme/rocket.git@mai"), "repository.ref_not_found")).Message.ShouldContain("did you mean main");
        await bench.RefusedAsync(bench.Host.Url("acme/rocket.git@") + new string('9', 40), "repository.ref_not_found");
        await bench.RefusedAsync(bench.Host.Url("acme/nothing.git"), "repository.not_found");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_has_its_depth_and_is_said_to_be_partial_where_it_is_cut(bool filters)
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository();
        var commits = new StringBuilder("reset refs/heads/main\n");
        for (var number = 1; number <= 1100; number++)
            commits.Append($"commit refs/heads/main\ncommitter Ada <ada@example.org> {1_700_000_000 + number} +0000\ndata {number.ToString().Length}\n{number}\nM 100644 inline a.txt\ndata {number.ToString().Length}\n{number}\n\n");
        repository.Import(commits.ToString());
        bench.Host.Publish(repository, "acme/long.git", filters);

        await using var tree = await bench.OpenAsync(bench.Host.Url("acme/long.git"));

        tree.Identity.IsShallow.ShouldBeTrue();
        var log = await tree.LogAsync(5000, Cancel);
        log.Count.ShouldBe(1000);
        log[0].Message.ShouldBe("1100");
        Encoding.UTF8.GetString((await tree.ReadAsync(tree.Entries.Single(), Cancel)).Span).ShouldBe("1100");
    }

    [Fact]
    public async Task A_short_history_is_whole_and_not_called_partial()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository();
        repository.Commit("one");
        repository.Commit("two");
        bench.Host.Publish(repository, "acme/short.git");
        await using var tree = await bench.OpenAsync(bench.Host.Url("acme/short.git"));
        tree.Identity.IsShallow.ShouldBeFalse();
        (await tree.LogAsync(10, Cancel)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_token_reaches_its_host_and_a_stranger_is_told_what_to_set()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        await using var bench = await RemoteBench.StartAsync(token: "planted-token-4711");
        bench.Host.Publish(repository, "acme/rocket.git").Misbehaviour = Misbehaviours.Demand("planted-token-4711");
        await using (await bench.OpenAsync(bench.Host.Url("acme/rocket.git"))) bench.Host.Asked.ShouldAllBe(asked => asked.Authorization.StartsWith("Basic "));

        bench.Host.Misbehaviour = Misbehaviours.Demand("another");
        var wrong = await bench.RefusedAsync(bench.Host.Url("acme/rocket.git"), "repository.needs_token");
        wrong.ToString().ShouldNotContain("planted-token");
        wrong.ToString().ShouldNotContain(Convert.ToBase64String("x-access-token:planted-token-4711"u8));
        bench.Host.Asked.Clear();
        await Should.ThrowAsync<Refusal>(RemoteReading.OpenAsync((RemoteSource)SourceParser.Parse(bench.Host.Url("acme/rocket.git")), bench.Limits, bench.Access with { TokenHost = "localhost" }, null, Cancel));
        bench.Host.Asked.ShouldNotBeEmpty();
        bench.Host.Asked.ShouldAllBe(asked => asked.Authorization == "");
    }

    [Fact]
    public async Task The_connection_goes_to_the_checked_address_under_the_hosts_own_name()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        bench.Host.Publish(repository, "acme/rocket.git");
        // No name server knows this name: only the binding can lead to the host, and its certificate is checked for the name.
        var source = new RemoteSource("https", "git.example.test", bench.Host.Port, null, "acme/rocket.git", null);
        await using (await RemoteReading.OpenAsync(source, RemoteGit.For(source, [IPAddress.Loopback], bench.Access), bench.Limits, bench.Access.Folder, null, Cancel)) bench.Host.Asked.ShouldNotBeEmpty();

        var other = source with { Host = "other.example.test" };
        (await Should.ThrowAsync<Refusal>(RemoteReading.OpenAsync(other, RemoteGit.For(other, [IPAddress.Loopback], bench.Access), bench.Limits, bench.Access.Folder, null, Cancel))).Code.ShouldBe("repository.untrusted_host");
        (await Should.ThrowAsync<Refusal>(RemoteReading.OpenAsync(source, RemoteGit.For(source, [IPAddress.Loopback], new RemoteAccess()), bench.Limits, bench.Access.Folder, null, Cancel))).Code.ShouldBe("repository.untrusted_host");
    }

    [Fact]
    public async Task An_address_of_the_sixth_version_is_reached_in_its_brackets()
    {
        if (!Socket.OSSupportsIPv6) Assert.Skip("This machine has no IPv6.");
        GitHost host;
        try
        {
            host = await GitHost.StartAsync(IPAddress.IPv6Loopback);
        }
        catch (Exception none) when (none is IOException or SocketException)
        {
            Assert.Skip("This machine has no IPv6 loopback address.");
            throw;
        }
        await using var closing = host;
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        host.Publish(repository, "acme/rocket.git");
        var access = new RemoteAccess { CaFile = host.CaFile };
        var limits = new SourceLimits { AllowPrivateHosts = true };
        await using var literal = await RemoteReading.OpenAsync((RemoteSource)SourceParser.Parse($"https://[::1]:{host.Port}/acme/rocket.git"), limits, access, null, Cancel);
        literal.Entries.Count.ShouldBe(1);
        var named = new RemoteSource("https", "git.example.test", host.Port, null, "acme/rocket.git", null);
        await using var bound = await RemoteReading.OpenAsync(named, RemoteGit.For(named, [IPAddress.IPv6Loopback], access), limits, null, null, Cancel);
        bound.Entries.Count.ShouldBe(1);
    }
}
