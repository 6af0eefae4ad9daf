using System.Net;
using System.Net.Sockets;

namespace Rialto.Kernel;

/// <summary>Tells addresses of the public internet from all others: what a stranger may make this machine talk to.</summary>
public static class AddressClass
{
    // IANA special-purpose registries for IPv4 and IPv6, everything that is not globally reachable, and multicast.
    private static readonly IPNetwork[] Closed4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's platform address, public by number and reachable only from inside.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Closed6 =
    [
        .. new[]
        {
            "2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork[] Translated = [IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("::ffff:0:0:0/96")];

    /// <summary>
    /// True when <paramref name="address"/> is reachable by everybody: not this machine, a private network, a provider's shared or
    /// link-local space (with its metadata servers), multicast, documentation or reserved, nor one of those wrapped in IPv6
    /// (mapped, NAT64, 6to4).
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Closed4.Any(network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        address = new IPAddress(address.GetAddressBytes());
        var bytes = address.GetAddressBytes();
        if (Translated.Any(network => network.Contains(address))) return IsPublic(new IPAddress(bytes.AsSpan(12)));
        if (SixToFour.Contains(address)) return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
        return Global6.Contains(address) && !Closed6.Any(network => network.Contains(address));
    }
}
