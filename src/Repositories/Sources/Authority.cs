using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Repositories.Sources;

/// <summary>The part of a URL between the slashes: <c>user@host:port</c>.</summary>
internal static class Authority
{
    /// <exception cref="Refusal"><c>source.credential</c>, <c>source.look_alike</c>, <c>source.malformed</c>; never showing what stood before the @.</exception>
    public static (string? User, string Host, int? Port) Split(string scheme, string authority)
    {
        string? user = null;
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            user = authority[..at];
            authority = authority[(at + 1)..];
            if (user.Contains('.') && scheme == "https")
                throw new Refusal("source.look_alike", "The address has something like a host before an @, so it leads elsewhere than it seems to; write the host alone.", 400);
            if (scheme == "https" || user.Contains(':'))
                throw new Refusal("source.credential", "A credential does not belong in an address, where logs and histories keep it; set RIALTO_GIT_TOKEN instead and take it out (and replace it, if it was real).", 400);
            if (user.Length == 0 || user[0] == '-' || !user.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '_' or '-' or '.'))
                throw new Refusal("source.malformed", "The user name in the ssh address may hold letters, digits and . _ - only.", 400);
        }
        if (authority.StartsWith('[')) return SplitBracketed(user, authority);
        var colon = authority.IndexOf(':');
        return colon < 0 ? (user, authority, null) : (user, authority[..colon], Port(authority[(colon + 1)..]));
    }

    private static (string? User, string Host, int? Port) SplitBracketed(string? user, string authority)
    {
        var end = authority.IndexOf(']');
        if (end < 0) throw new Refusal("source.malformed", "The address opens a bracket in its host and does not close it.", 400);
        var rest = authority[(end + 1)..];
        if (rest.Length > 0 && rest[0] != ':') throw new Refusal("source.malformed", "Only a port may follow the bracketed host of an address.", 400);
        return (user, authority[..(end + 1)], rest.Length == 0 ? null : Port(rest[1..]));
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new Refusal("source.malformed", "The port in the address is not a number from 1 to 65535.", 400);
}
