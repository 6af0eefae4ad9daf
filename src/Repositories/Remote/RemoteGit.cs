using System.Net;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Remote;

/// <summary>Git talking to one checked address: bound to it, following no redirect, with no credential but the operator's.</summary>
/// <param name="Url">What Git is given.</param>
/// <param name="Settings">Settings that bind the connection.</param>
/// <param name="Protocol">The only protocol Git may speak.</param>
internal sealed record RemoteGit(string Url, IReadOnlyList<(string Key, string Value)> Settings, string Protocol)
{
    public static RemoteGit For(RemoteSource source, IPAddress? address)
    {
        List<(string, string)> settings =
        [
            ("http.followRedirects", "false"), ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "30"), ("protocol.version", "2"),
            ("transfer.fsckObjects", "true"), ("fetch.fsck.badTimezone", "ignore"), ("fetch.fsck.zeroPaddedFilemode", "ignore"), ("fetch.fsck.missingSpaceBeforeDate", "ignore"),
            ("fetch.fsck.badDate", "ignore"), ("fetch.fsck.missingEmail", "ignore"), ("fetch.fsck.badEmail", "ignore"), ("fetch.fsck.missingNameBeforeEmail", "ignore"), ("fetch.fsck.missingTaggerEntry", "ignore"),
            ("fetch.fsck.zeroPaddedDate", "ignore"), ("fetch.fsck.badFilemode", "ignore"),
        ];
        if (source.Scheme == "https")
        {
            if (address is not null) settings.Add(("http.curloptResolve", $"{source.Host.Trim('[', ']')}:{source.Port ?? 443}:{Bracketed(address)}"));
            if (Token(source.Host) is { } token) settings.Add(($"http.https://{source.Host}/.extraHeader", "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + token))));
        }
        else if (address is not null)
        {
            // Host and address have been checked to hold nothing a shell could read as more than a word.
            settings.Add(("core.sshCommand", $"ssh -o BatchMode=yes -o HostName={address} -o HostKeyAlias={source.Host.Trim('[', ']')} -o ForwardAgent=no -o PermitLocalCommand=no"));
        }
        return new RemoteGit(source.Url, settings, source.Scheme);
    }

    /// <summary>A command that may reach the network.</summary>
    public ChildCommand Command(int timeoutSeconds, params IReadOnlyList<string> arguments)
    {
        var command = GitCommand.Bare(arguments, [.. Settings, ($"protocol.{Protocol}.allow", "always")], Protocol);
        var environment = new Dictionary<string, string?>(command.Environment);
        if (Protocol == "ssh" && Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is { Length: > 0 } agent) environment["SSH_AUTH_SOCK"] = agent;
        return command with { Environment = environment, TimeoutSeconds = timeoutSeconds, Secrets = Environment.GetEnvironmentVariable("RIALTO_GIT_TOKEN") is { Length: > 0 } token ? [token] : [] };
    }

    // The token goes to one host only, by default GitHub.
    private static string? Token(string host) =>
        Environment.GetEnvironmentVariable("RIALTO_GIT_TOKEN") is { Length: > 0 } token && host == (Environment.GetEnvironmentVariable("RIALTO_GIT_TOKEN_HOST") ?? "github.com") ? token : null;

    private static string Bracketed(IPAddress address) => address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
