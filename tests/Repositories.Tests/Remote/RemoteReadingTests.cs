using System.Net;
using Rialto.Repositories.Git;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Remote;

/// <summary>The whole way of a remote source through the real upload-pack, over a folder instead of the network.</summary>
public sealed class RemoteReadingTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_history_tags_and_the_default_branch_come_from_two_shallow_fetches()
    {
        using var repository = new TestRepository().Write("a.txt", "one").Write(".mailmap", "Ada Lovelace <ada@example.org> <old@example.org>\n");
        repository.Commit("first", "A <old@example.org>");
        repository.Git("tag", "-a", "v1", "-m", "words");
        var second = repository.Write("a.txt", "two").Commit("second");
        repository.Git("config", "uploadpack.allowFilter", "true");
        var source = new RemoteSource("https", "git.example.org", null, null, "acme/rocket", "main");

        await using var tree = await RemoteReading.OpenAsync(source, Folder(repository), new SourceLimits(), null, null, Cancel);

        tree.Identity.Commit.ShouldBe(second);
        tree.Identity.DefaultBranch.ShouldBe("main");
        tree.Identity.WebUrl.ShouldBe(new Uri("https://git.example.org/acme/rocket"));
        (await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Span.SequenceEqual("two"u8).ShouldBeTrue();
        (await tree.LogAsync(10, Cancel)).Select(commit => (commit.Message, commit.AuthorName)).ShouldBe([("second", "Ada Lovelace"), ("first", "Ada Lovelace")]);
        (await tree.TagsAsync(Cancel)).Single().Name.ShouldBe("v1");
        (await tree.TagsAsync(Cancel)).Single().At.ShouldNotBeNull();
    }

    [Fact]
    public void Peeled_tags_and_the_symbolic_head_are_read_and_nonsense_is_left_out()
    {
        var (one, two) = (new string('1', 40), new string('2', 40));
        var refs = RemoteRefs.Parse($"ref: refs/heads/trunk\tHEAD\n{one}\tHEAD\n{one}\trefs/heads/trunk\n{one}\trefs/tags/v1\n{two}\trefs/tags/v1^{{}}\nzz\trefs/heads/bad\n{one}\trefs/heads/-evil..x\n");
        refs.HeadBranch.ShouldBe("trunk");
        refs.Names["refs/tags/v1"].ShouldBe(two);
        refs.Names.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("git.example.org", null, "192.0.2.7", "git.example.org:443:192.0.2.7")]
    [InlineData("git.example.org", 8443, "192.0.2.7,2001:db8::7", "git.example.org:8443:192.0.2.7,[2001:db8::7]")]
    [InlineData("git.example.org", null, "2001:db8::7", "git.example.org:443:[2001:db8::7]")]
    [InlineData("[2001:db8::7]", null, "2001:db8::7", null)]
    [InlineData("192.0.2.7", null, "192.0.2.7", null)]
    public void A_fetch_is_bound_to_the_checked_addresses_and_follows_no_redirect(string host, int? port, string addresses, string? bound)
    {
        var remote = RemoteGit.For(new RemoteSource("https", host, port, null, "a/b", null), [.. addresses.Split(',').Select(IPAddress.Parse)], new RemoteAccess());
        remote.Settings.Where(setting => setting.Key == "http.curloptResolve").Select(setting => setting.Value).ShouldBe(bound is null ? [] : [bound]);
        remote.Settings.ShouldContain(("http.followRedirects", "false"));
    }

    [Theory]
    [InlineData("github.com", null, null, true)]
    [InlineData("github.com", 8443, null, false)]
    [InlineData("git.example.org", null, null, false)]
    [InlineData("git.example.org", null, "git.example.org", true)]
    [InlineData("git.example.org", 8443, "git.example.org", false)]
    [InlineData("git.example.org", 8443, "git.example.org:8443", true)]
    [InlineData("sub.git.example.org", null, "git.example.org", false)]
    [InlineData("github.com", null, "git.example.org", false)]
    public void The_token_goes_to_its_one_host_only(string host, int? port, string? tokenHost, bool sent)
    {
        var access = new RemoteAccess { Token = "planted-token" };
        if (tokenHost is not null) access = access with { TokenHost = tokenHost };
        var remote = RemoteGit.For(new RemoteSource("https", host, port, null, "a/b", null), [IPAddress.Parse("192.0.2.7")], access);
        remote.Settings.Any(setting => setting.Key.EndsWith("extraHeader", StringComparison.Ordinal)).ShouldBe(sent);
        var command = remote.Command("ls-remote");
        command.ToString().ShouldNotContain("planted-token");
        command.Secrets.ShouldContain("planted-token");
    }

    [Fact]
    public void What_is_read_of_gits_version_is_its_numbers()
    {
        GitVersion.Parse("git version 2.39.5 (Apple Git-154)\n").ShouldBe(new Version(2, 39, 5));
        GitVersion.Parse("git version 2.50.GIT").ShouldBe(new Version(2, 50));
        GitVersion.Parse("nonsense").ShouldBe(new Version(0, 0));
    }

    private static RemoteGit Folder(TestRepository repository) => new(repository.Path, [], "file");
}
