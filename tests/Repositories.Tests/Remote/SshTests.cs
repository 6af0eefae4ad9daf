using System.Net;
using Rialto.Kernel;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;
using Shouldly;

namespace Rialto.Repositories.Tests.Remote;

/// <summary>What Git really runs for ssh, told by a program named <c>ssh</c> that writes down its arguments.</summary>
public sealed class SshTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-ssh-").FullName;

    public SshTests()
    {
        var program = Path.Combine(folder, "ssh");
        File.WriteAllText(program, $"#!/bin/sh\nfor word in \"$@\"; do printf '%s\\n' \"$word\"; done > '{folder}/words'\nenv > '{folder}/environment'\necho 'Host key verification failed.' >&2\nexit 255\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("ssh://git@git.example.test/acme/rocket.git", "192.0.2.7", "git@git.example.test", null, "HostKeyAlias=git.example.test")]
    [InlineData("git@git.example.test:acme/rocket.git", "192.0.2.7", "git@git.example.test", null, "HostKeyAlias=git.example.test")]
    [InlineData("ssh://git@git.example.test:2222/acme/rocket.git", "192.0.2.7", "git@git.example.test", "2222", "HostKeyAlias=[git.example.test]:2222")]
    [InlineData("ssh://git@git.example.test/acme/rocket.git", "2001:db8::7", "git@git.example.test", null, "HostKeyAlias=git.example.test")]
    public async Task Ssh_is_bound_to_the_checked_address_and_to_known_keys(string source, string address, string login, string? port, string alias)
    {
        (await AskAsync(source, address)).Code.ShouldBe("repository.unknown_host_key");
        var words = await File.ReadAllLinesAsync(Path.Combine(folder, "words"), TestContext.Current.CancellationToken);
        var options = words.Where((word, index) => index > 0 && words[index - 1] == "-o").ToArray();
        foreach (var option in (string[])["BatchMode=yes", "StrictHostKeyChecking=yes", "ForwardAgent=no", "ClearAllForwardings=yes", "PermitLocalCommand=no", "HostName=" + address, alias]) options.ShouldContain(option);
        if (port is not null) words[Array.IndexOf(words, "-p") + 1].ShouldBe(port);
        words[^2].ShouldBe(login);
        words[^1].ShouldBe("git-upload-pack '/acme/rocket.git'");
    }

    [Theory]
    [InlineData("ssh://-oProxyCommand=touch%20x/acme/rocket")]
    [InlineData("ssh://git@-oProxyCommand=x/acme/rocket")]
    [InlineData("ssh://-oProxyCommand=x@git.example.test/acme/rocket")]
    [InlineData("ssh://git@git.example.test/-oProxyCommand=x")]
    [InlineData("ssh://git@git.example.test/acme/rocket';touch x;'")]
    [InlineData("ssh://git@git.example.test';touch x;'/acme/rocket")]
    [InlineData("-oProxyCommand=x@git.example.test:acme/rocket")]
    [InlineData("git@git.example.test:--upload-pack=x")]
    public void No_part_of_an_address_can_become_an_option_or_a_command(string source) => Should.Throw<Refusal>(() => SourceParser.Parse(source));

    [Fact]
    public async Task The_token_is_not_lent_to_ssh()
    {
        await AskAsync("ssh://git@github.com/acme/rocket.git", "192.0.2.7");
        (await File.ReadAllTextAsync(Path.Combine(folder, "environment"), TestContext.Current.CancellationToken)).ShouldNotContain("planted-token");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<Refusal> AskAsync(string source, string address)
    {
        var remote = RemoteGit.For((RemoteSource)SourceParser.Parse(source), [IPAddress.Parse(address)], new RemoteAccess { Token = "planted-token" });
        // Git's own environment for this child alone finds our ssh first.
        var command = remote.Command("ls-remote", "--", remote.Url);
        command = command with { Environment = new Dictionary<string, string?>(command.Environment) { ["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH") } };
        return RemoteFailure.From(await ChildProcess.RunAsync(command, cancel: TestContext.Current.CancellationToken), "git.example.test");
    }
}
