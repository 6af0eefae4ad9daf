using System.Net;
using Rialto.Kernel;
using Rialto.Repositories.Sources;
using Shouldly;

namespace Rialto.Repositories.Tests.Sources;

public sealed class SourceParserTests
{
    [Theory]
    [InlineData("owner/name", "https://github.com/owner/name", null)]
    [InlineData("owner/name@v1.2.0", "https://github.com/owner/name", "v1.2.0")]
    [InlineData("vitejs/vite@create-app@3.1.0", "https://github.com/vitejs/vite", "create-app@3.1.0")]
    [InlineData("owner/name@feature/x/y", "https://github.com/owner/name", "feature/x/y")]
    [InlineData("https://GitHub.com/owner/name.git", "https://github.com/owner/name.git", null)]
    [InlineData("https://gitlab.com/group/sub/name@main", "https://gitlab.com/group/sub/name", "main")]
    [InlineData("https://git.example.org:8443/a/b/", "https://git.example.org:8443/a/b", null)]
    [InlineData("ssh://git@github.com/owner/name@dev", "ssh://git@github.com/owner/name", "dev")]
    [InlineData("git@github.com:owner/name.git@v1", "ssh://git@github.com/owner/name.git", "v1")]
    public void A_remote_source_is_read_as_it_is_meant(string source, string url, string? reference)
    {
        var parsed = SourceParser.Parse(source).ShouldBeOfType<RemoteSource>();
        parsed.Url.ShouldBe(url);
        parsed.Ref.ShouldBe(reference);
    }

    [Theory]
    [InlineData("", "source.empty")]
    [InlineData("-oProxyCommand=touch x", "source.option_like")]
    [InlineData("--upload-pack=touch x", "source.option_like")]
    [InlineData("ext::sh -c touch% x", "source.transport")]
    [InlineData("fd::17", "source.transport")]
    [InlineData("anything::https://github.com/a/b", "source.transport")]
    [InlineData("http://github.com/a/b", "source.insecure")]
    [InlineData("git://github.com/a/b", "source.insecure")]
    [InlineData("file:///etc", "source.file_url")]
    [InlineData("ftp://example.org/a", "source.scheme")]
    [InlineData("https://github.com@evil.com/a/b", "source.look_alike")]
    [InlineData("https://user:hunter22@github.com/a/b", "source.credential")]
    [InlineData("https://ghp_0123@github.com/a/b", "source.credential")]
    [InlineData("https://github.com./a/b", "source.look_alike")]
    [InlineData("https://gіthub.com/a/b", "source.look_alike")]
    [InlineData("https://-oProxyCommand=x/a/b", "source.bad_host")]
    [InlineData("ssh://-oProxyCommand=x/a/b", "source.bad_host")]
    [InlineData("ssh://git@-oProxyCommand=x/a/b", "source.bad_host")]
    [InlineData("git@-oProxyCommand=x:a/b", "source.bad_host")]
    [InlineData("https://github.com:99999/a/b", "source.malformed")]
    [InlineData("https://github.com", "source.malformed")]
    [InlineData("https://github.com?x/a/b", "source.malformed")]
    [InlineData("https://github.com\\@evil.com/a/b", "source.malformed")]
    [InlineData("https://github.com/a/../../b", "source.bad_path")]
    [InlineData("https://github.com/-a/b", "source.bad_path")]
    [InlineData("https://github.com/a/b%0a", "source.bad_path")]
    [InlineData("https://github.com/a/b?x=1", "source.bad_path")]
    [InlineData("owner/name@-option", "source.bad_ref")]
    [InlineData("owner/name@a..b", "source.bad_ref")]
    [InlineData("owner/name@a b", "source.bad_ref")]
    [InlineData("owner/name@", "source.bad_ref")]
    [InlineData("owner/name@main^{/x}", "source.bad_ref")]
    [InlineData("a\nb", "source.malformed")]
    [InlineData("/does/not/exist", "repository.not_found")]
    [InlineData("./nothing", "repository.not_found")]
    [InlineData("word", "repository.not_found")]
    public void A_hostile_or_mistaken_source_is_refused(string source, string code)
    {
        var refusal = Should.Throw<Refusal>(() => SourceParser.Parse(source));
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldNotContain("hunter22");
    }

    [Theory]
    [InlineData("github.evil.com")]
    [InlineData("github.com.evil.net")]
    [InlineData("github-com.evil.net")]
    [InlineData("xn--gthub-cta.com")]
    [InlineData("gitub.com")]
    [InlineData("g1thub.com")]
    [InlineData("gitlab.com.evil.org")]
    public void A_look_alike_is_refused_and_can_be_allowed_by_name(string host)
    {
        Should.Throw<Refusal>(() => HostName.RefuseLookAlike(host, [])).Code.ShouldBe("source.look_alike");
        HostName.RefuseLookAlike(host, [host]);
    }

    [Theory]
    [InlineData("github.com")]
    [InlineData("gitlab.gnome.org")]
    [InlineData("git.example.org")]
    [InlineData("codeberg.org")]
    [InlineData("ssh.github.com")]
    public void An_honest_host_is_accepted(string host) => HostName.RefuseLookAlike(host, []);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:140.82.112.3", false)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("140.82.112.3", false)]
    [InlineData("2606:50c0:8000::153", false)]
    public void Private_addresses_are_known(string address, bool isPrivate) => HostAddresses.IsPrivate(IPAddress.Parse(address)).ShouldBe(isPrivate);

    [Theory]
    [InlineData("https://127.0.0.1/a/b")]
    [InlineData("https://[::1]/a/b")]
    [InlineData("https://localhost/a/b")]
    [InlineData("ssh://git@10.0.0.1/a/b")]
    public async Task A_source_on_a_private_host_is_refused_before_anything_is_sent(string source) =>
        (await Should.ThrowAsync<Refusal>(RepositoriesModule.CreateReader().OpenAsync(source, cancel: TestContext.Current.CancellationToken))).Code.ShouldBe("source.private_host");
}
