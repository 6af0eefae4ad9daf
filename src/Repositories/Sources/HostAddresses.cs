using System.Net;
using System.Net.Sockets;
using Rialto.Kernel;

namespace Rialto.Repositories.Sources;

/// <summary>Where a host leads, and whether that is a place to fetch from.</summary>
internal static class HostAddresses
{
    /// <summary>Whether <paramref name="address"/> is on this machine, its network, or nowhere on the public Internet.</summary>
    public static bool IsPrivate(IPAddress address) => !AddressClass.IsPublic(address);

    /// <summary>
    /// Resolves once and checks every address; the fetch is then bound to those returned, so that a second answer of the name
    /// server cannot lead elsewhere. Those of IPv4 come first. Empty when only a proxy for https can resolve the name, which then decides.
    /// </summary>
    /// <exception cref="Refusal"><c>source.private_host</c>, <c>source.unknown_host</c></exception>
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string scheme, string host, bool allowPrivate, CancellationToken cancel)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        }
        catch (SocketException)
        {
            if (scheme == "https" && HasProxy && host.Contains('.') && !IsLocalName(host)) return [];
            throw new Refusal("source.unknown_host", $"The host {host} cannot be found; check the address and the network.", 503);
        }
        if (addresses.Length == 0) throw new Refusal("source.unknown_host", $"The host {host} has no address; check its name.", 503);
        if (!allowPrivate && Array.Exists(addresses, IsPrivate))
            throw new Refusal("source.private_host", $"The host {host} lies on a private, local or reserved address; to fetch from it all the same, set RIALTO_ALLOW_PRIVATE_HOSTS=true.", 403);
        return [.. addresses.Distinct().OrderBy(address => address.AddressFamily is AddressFamily.InterNetwork ? 0 : 1)];
    }

    private static bool HasProxy => Environment.GetEnvironmentVariable("HTTPS_PROXY") is { Length: > 0 } || Environment.GetEnvironmentVariable("https_proxy") is { Length: > 0 };

    private static bool IsLocalName(string host) => host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal);
}
