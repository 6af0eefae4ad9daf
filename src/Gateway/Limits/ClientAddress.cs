using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rialto.Gateway;

/// <summary>Whose address counts. A proxy on this machine is believed about who it speaks for; nobody else is.</summary>
internal static class ClientAddress
{
    /// <summary>The address; null for a call from inside, or by whoever sits at this machine.</summary>
    public static IPAddress? Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } peer) return null;
        if (!IPAddress.IsLoopback(peer)) return Plain(peer);
        // The last entry is the one our proxy added; those before it can be made up.
        var told = http.Request.Headers["X-Forwarded-For"].ToString();
        if (told.Length == 0) return null;
        return IPAddress.TryParse(told.AsSpan(told.LastIndexOf(',') + 1).Trim(), out var client) ? Plain(client) : Plain(peer);
    }

    /// <summary>What is counted together: an IPv4 address, or the /64 that one subscriber of IPv6 has.</summary>
    public static string BucketOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
