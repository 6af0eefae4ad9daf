using System.Net;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>
/// Where an answer may be sent. Compared letter by letter with what was registered; only the port of a loopback address may differ,
/// because a program on somebody's machine takes the one that is free (RFC 8252, 7.3).
/// </summary>
internal static class RedirectUri
{
    private const int LongestChars = 500;

    /// <summary>Insists that <paramref name="text"/> can be registered: https, http on this machine, or a scheme of the program's own that has a dot in it.</summary>
    /// <exception cref="Refusal"><c>identity.redirect_invalid</c>.</exception>
    public static void Require(string text)
    {
        if (text.Length > LongestChars || text.Any(letter => letter <= ' ' || letter > '~' || letter is '\\' or '*' or '<' or '>' or '"')) throw Invalid(text, "it has letters that an address has not");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw Invalid(text, "it is not a whole address");
        if (text.Contains('#', StringComparison.Ordinal)) throw Invalid(text, "it has a fragment");
        if (uri.UserInfo.Length > 0) throw Invalid(text, "it names a user");
        if (text.Contains("/../", StringComparison.Ordinal) || text.Contains("/./", StringComparison.Ordinal) || text.EndsWith("/..", StringComparison.Ordinal)) throw Invalid(text, "it has dots that lead elsewhere");
        var isOwnScheme = uri.Scheme.Contains('.', StringComparison.Ordinal);
        if (uri.Scheme == "https" ? uri.Host.Length == 0 : !isOwnScheme && !(uri.Scheme == "http" && IsLoopback(uri))) throw Invalid(text, "use https, or http with 127.0.0.1 or [::1]");
    }

    /// <summary>True when <paramref name="asked"/> is one of <paramref name="registered"/>.</summary>
    public static bool IsRegistered(string asked, IReadOnlyList<string> registered) => registered.Any(one => one == asked || IsSameButPort(one, asked));

    private static bool IsSameButPort(string registered, string asked) =>
        Uri.TryCreate(registered, UriKind.Absolute, out var one) && IsLoopback(one) && one.Scheme == "http"
        && Uri.TryCreate(asked, UriKind.Absolute, out var other) && other.Scheme == "http" && WithoutPort(registered, one) == WithoutPort(asked, other);

    // Of the text as it was written: what a parser would tidy up must not become equal.
    private static string WithoutPort(string text, Uri uri)
    {
        var (begin, port) = ("http://" + (uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.DnsSafeHost}]" : uri.Host), ":" + uri.Port);
        return text.StartsWith(begin + port, StringComparison.Ordinal) ? begin + text[(begin.Length + port.Length)..] : text;
    }

    private static bool IsLoopback(Uri uri) => IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address);

    private static Refusal Invalid(string text, string why) => new("identity.redirect_invalid", $"{text} cannot be an address to send answers to: {why}.", 400);
}
