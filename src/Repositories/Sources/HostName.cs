using System.Net;
using System.Net.Sockets;
using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Sources;

/// <summary>Whether a host is what it seems to be, by its name alone.</summary>
internal static class HostName
{
    private const int MaxLength = 253;
    private static readonly string[] Forges = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sourcehut.org", "gitee.com", "dev.azure.com"];
    // GitLab is made to be run by anyone as gitlab.example.org; these are not, or say whose they are.
    private static readonly string[] OwnedLabels = ["github", "bitbucket", "codeberg"];

    /// <summary>The host in lower case, when its shape is that of a host name or an address.</summary>
    /// <exception cref="Refusal"><c>source.bad_host</c>, <c>source.look_alike</c></exception>
    public static string Checked(string host)
    {
        if (host.StartsWith('['))
            return IPAddress.TryParse(host, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6 && !host.Contains('%') ? host.ToLowerInvariant() : throw Bad();
        if (host.Length is 0 or > MaxLength) throw Bad();
        if (!host.All(char.IsAscii)) throw LookAlike("holds letters outside a–z, which can imitate others");
        if (host.EndsWith('.')) throw LookAlike("ends in a dot");
        host = host.ToLowerInvariant();
        if (host.Split('.').Any(label => label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || !label.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '-' or '_'))) throw Bad();
        return host;
    }

    /// <exception cref="Refusal"><c>source.look_alike</c> when the name imitates a known forge and is not allowed by name.</exception>
    public static void RefuseLookAlike(string host, IReadOnlyList<string> allowed)
    {
        if (allowed.Contains(host, StringComparer.OrdinalIgnoreCase) || Forges.Any(forge => host == forge || host.EndsWith("." + forge, StringComparison.Ordinal))) return;
        var labels = host.Split('.');
        if (labels.Any(label => label.StartsWith("xn--", StringComparison.Ordinal))) throw LookAlike("is written in punycode, which can imitate other names", host);
        if (Forges.FirstOrDefault(forge => host.Contains(forge, StringComparison.Ordinal) || host.Contains(forge.Replace('.', '-'), StringComparison.Ordinal)) is { } held)
            throw LookAlike($"holds {held} but belongs to someone else", host);
        if (labels[..^1].FirstOrDefault(label => OwnedLabels.Contains(label)) is { } owned) throw LookAlike($"begins like {owned}'s but belongs to someone else", host);
        if (Forges.FirstOrDefault(forge => Imitates(host, forge)) is { } near) throw LookAlike($"is nearly {near}", host);
    }

    private static bool Imitates(string host, string forge)
    {
        var plain = host.Replace('0', 'o').Replace('1', 'l').Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal);
        return plain == forge || plain.Replace('l', 'i') == forge.Replace('l', 'i') || (forge.Length >= 10 && NearNames.Distance(host, forge) == 1);
    }

    private static Refusal Bad() => new("source.bad_host", "The address's host is not a host name (letters, digits, dots and inner dashes) or an address in brackets.", 400);

    private static Refusal LookAlike(string how, string? host = null) => new("source.look_alike",
        $"The host {(host is null ? "" : $"\"{host}\" ")}{how}; check it, and if it is meant, allow it with RIALTO_ALLOWED_HOSTS.", 400);
}
