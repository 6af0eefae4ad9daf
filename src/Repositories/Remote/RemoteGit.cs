using System.Net;
using System.Net.Sockets;
using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Remote;

/// <summary>Git talking to one checked host: bound to its checked addresses, following no redirect, with no credential but the operator's.</summary>
/// <param name="Url">What Git is given.</param>
/// <param name="Settings">Settings that bind the connection.</param>
/// <param name="Protocol">The only protocol Git may speak.</param>
internal sealed record RemoteGit(string Url, IReadOnlyList<(string Key, string Value)> Settings, string Protocol)
{
    /// <summary>Values that no message may show.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    private static readonly (string, string)[] Always =
    [
        ("http.followRedirects", "false"), ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "30"), ("protocol.version", "2"),
        // Nothing may come from anywhere but the host itself.
        ("transfer.bundleURI", "false"),
        // What comes stays one pack, so that its size can be watched while it grows.
        ("fetch.unpackLimit", "1"),
        ("transfer.fsckObjects", "true"), ("fetch.fsck.badTimezone", "ignore"), ("fetch.fsck.zeroPaddedFilemode", "ignore"), ("fetch.fsck.missingSpaceBeforeDate", "ignore"),
        ("fetch.fsck.badDate", "ignore"), ("fetch.fsck.missingEmail", "ignore"), ("fetch.fsck.badEmail", "ignore"), ("fetch.fsck.missingNameBeforeEmail", "ignore"), ("fetch.fsck.missingTaggerEntry", "ignore"),
        ("fetch.fsck.zeroPaddedDate", "ignore"), ("fetch.fsck.badFilemode", "ignore"),
    ];

    /// <param name="source">Where to.</param>
    /// <param name="addresses">The host's checked addresses; empty when a proxy decides.</param>
    /// <param name="access">What the operator gives.</param>
    public static RemoteGit For(RemoteSource source, IReadOnlyList<IPAddress> addresses, RemoteAccess access)
    {
        List<(string, string)> settings = [.. Always];
        if (source.Scheme == "https")
        {
            // An address written as such needs no name server, and so no binding.
            if (addresses.Count > 0 && !IPAddress.TryParse(source.Host, out _))
                settings.Add(("http.curloptResolve", $"{source.Host}:{source.Port ?? 443}:{string.Join(',', addresses.Select(Bracketed))}"));
            if (access.CaFile is { } file) settings.Add(("http.sslCAInfo", Path.GetFullPath(file)));
            if (access.HeaderFor(source.Host, source.Port) is { } header) settings.Add(($"http.https://{access.TokenHost}/.extraHeader", header));
        }
        else
        {
            settings.Add(("core.sshCommand", SshCommand(source, addresses)));
            settings.Add(("ssh.variant", "ssh"));
        }
        return new RemoteGit(source.Url, settings, source.Scheme) { Secrets = access.Secrets };
    }

    /// <summary>A command that may reach the network. Its time is limited by the caller.</summary>
    public ChildCommand Command(params IReadOnlyList<string> arguments)
    {
        var command = GitCommand.Bare(arguments, [.. Settings, ($"protocol.{Protocol}.allow", "always")], Protocol);
        // A small pack can claim a huge object; Git may not even try to hold it.
        var environment = new Dictionary<string, string?>(command.Environment) { ["GIT_ALLOC_LIMIT"] = "1g" };
        if (Protocol == "ssh" && Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is { Length: > 0 } agent) environment["SSH_AUTH_SOCK"] = agent;
        return command with { Environment = environment, TimeoutSeconds = 0, Secrets = Secrets };
    }

    /// <summary>
    /// The program that Git runs for ssh. A host whose key is not known already is refused: a key accepted unseen proves nothing. The host's
    /// name stays the name its key is known by, while the connection goes to the checked address. No agent, port or display is lent to the host.
    /// </summary>
    private static string SshCommand(RemoteSource source, IReadOnlyList<IPAddress> addresses)
    {
        var name = source.Host.Trim('[', ']');
        List<string> options =
        [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "HostKeyAlias=" + (source.Port is null or 22 ? name : $"[{name}]:{source.Port}"),
            "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes", "PermitLocalCommand=no", "ConnectTimeout=30",
        ];
        if (addresses.Count > 0) options.Add("HostName=" + addresses[0]);
        // Host and address have been checked to hold no quotation mark; Git gives the line to a shell.
        return "ssh " + string.Join(' ', options.Select(option => $"-o '{option}'"));
    }

    private static string Bracketed(IPAddress address) => address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
