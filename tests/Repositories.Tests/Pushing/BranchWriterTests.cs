using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Pushing;
using Rialto.Repositories.Remote;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Repositories.Tests.Pushing;

public sealed class BranchWriterTests : IAsyncLifetime
{
    private const string Place = "acme/pages.git", Token = "token-for-pages-77";
    private readonly TestRepository repository = new();
    private GitHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository.Write("README.md", "# Source\n").Commit();
        host = (await GitHost.StartAsync()).Publish(repository, Place).AllowPushes(repository, Place);
        // Reading is for everybody, writing for who has the token.
        host.Misbehaviour = (context, honestly) =>
        {
            var isPush = context.Request.Path.Value!.EndsWith("git-receive-pack", StringComparison.Ordinal) || context.Request.Query["service"] == "git-receive-pack";
            if (!isPush || context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + Token))) return honestly();
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            return Task.CompletedTask;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task A_branch_is_begun_and_gone_on_with_over_https()
    {
        var first = await Write(Token, ("index.html", "one"), ("a \"quoted\" name.txt", "words"));
        first.IsNew.ShouldBeTrue();
        host.Git(repository, Place, "rev-parse", "gh-pages").Trim().ShouldBe(first.Commit);
        var second = await Write(Token, ("index.html", "two"));
        host.Git(repository, Place, "show", "gh-pages:index.html").ShouldBe("two");
        host.Git(repository, Place, "ls-tree", "-r", "--name-only", "gh-pages").ShouldBe("index.html\n");
        host.Git(repository, Place, "rev-parse", "gh-pages~1").Trim().ShouldBe(first.Commit);
        (await Write(Token, ("index.html", "two"))).ShouldBe(new BranchWritten(second.Commit, false));
        await Write(Token, ("index.html", "three"));
        host.Git(repository, Place, "rev-list", "--count", "gh-pages").Trim().ShouldBe("3");
        host.Git(repository, Place, "fsck", "--strict").ShouldNotContain("error");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-token")]
    public async Task Without_the_right_token_nothing_is_written(string? token)
    {
        var refusal = await Should.ThrowAsync<Refusal>(() => Write(token, ("index.html", "one")));
        refusal.Code.ShouldBe("repository.needs_token");
        refusal.Message.ShouldNotContain("another-token");
        host.Git(repository, Place, "branch", "--list", "gh-pages").ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_pushes_meanwhile_is_not_overwritten()
    {
        var theirs = (await Write(Token, ("index.html", "one"))).Commit;
        var honest = host.Misbehaviour!;
        host.Misbehaviour = (context, honestly) =>
        {
            if (context.Request.Method == "POST" && context.Request.Path.Value!.EndsWith("git-receive-pack", StringComparison.Ordinal)) host.Git(repository, Place, "update-ref", "refs/heads/gh-pages", "main");
            return honest(context, honestly);
        };
        var refusal = await Should.ThrowAsync<Refusal>(() => Write(Token, ("index.html", "two")));
        (refusal.Code, refusal.Status).ShouldBe(("repository.branch_moved", 503), refusal.Message);
        host.Git(repository, Place, "rev-parse", "gh-pages").ShouldBe(host.Git(repository, Place, "rev-parse", "main"));
        theirs.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(".git/config")]
    [InlineData("a/.GIT/hooks/post-checkout")]
    [InlineData("../up")]
    [InlineData("a\nb")]
    public async Task A_path_that_would_do_harm_in_a_checkout_is_refused(string path) =>
        (await Should.ThrowAsync<Refusal>(() => Write(Token, (path, "x")))).Code.ShouldBe("repository.path_refused");

    [Fact]
    public async Task A_private_address_is_refused_unless_the_operator_allows_it()
    {
        var writer = new BranchWriter(new SourceLimits(), new RemoteAccess { CaFile = host.CaFile });
        (await Should.ThrowAsync<Refusal>(() => writer.WriteAsync(Content(Token, ("index.html", "x")), Cancel))).Code.ShouldBe("source.private_host");
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("file:///etc")]
    [InlineData("ext::sh -c id")]
    [InlineData("http://example.org/a/b")]
    public async Task What_is_no_address_is_not_written_to(string source) =>
        (await Should.ThrowAsync<Refusal>(() => new BranchWriter().WriteAsync(Content(Token, ("a", "b")) with { Source = source }, Cancel))).Code.ShouldMatch("^(source|repository)\\.");

    private Task<BranchWritten> Write(string? token, params (string Path, string Text)[] files) =>
        new BranchWriter(new SourceLimits { AllowPrivateHosts = true }, new RemoteAccess { CaFile = host.CaFile }).WriteAsync(Content(token, files), Cancel);

    private BranchContent Content(string? token, params (string Path, string Text)[] files) => new()
    {
        Source = host.Url(Place), Branch = "gh-pages", Message = "Pages\n", At = DateTimeOffset.UnixEpoch.AddDays(20_000), Token = token,
        Files = [.. files.Select(file => new BranchFile(file.Path, Encoding.UTF8.GetByteCount(file.Text), _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(file.Text)))))],
    };
}
