using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>What a route may say.</summary>
internal static class RouteRules
{
    private static readonly HashSet<string> KnownMethods = new(StringComparer.OrdinalIgnoreCase) { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };

    /// <summary>Headers of one connection, or of ours: never handed on, never set by a route.</summary>
    public static IReadOnlySet<string> Own { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host", "Content-Length", "Content-Encoding", "Expect",
        "Set-Cookie", "Content-Security-Policy", "Strict-Transport-Security", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Alt-Svc", "Clear-Site-Data", "Service-Worker-Allowed", "RateLimit", "RateLimit-Policy",
    };

    public static void Require(RouteRequest route)
    {
        foreach (var target in route.Targets)
            if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
                throw Invalid("targets", $"{target} is not an address such as https://api.example.org/v2.");
        if (route.Methods?.FirstOrDefault(method => !KnownMethods.Contains(method)) is { } unknown) throw Invalid("methods", $"{unknown} is not one of {string.Join(", ", KnownMethods)}.");
        foreach (var (name, value) in Set(route))
            if (Own.Contains(name) || name.Length is 0 or > 100 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || value.Length > 4000 || value.Any(char.IsControl))
                throw Invalid("headers", $"The header {name} cannot be set by a route.");
    }

    private static IEnumerable<KeyValuePair<string, string>> Set(RouteRequest route) =>
        (route.Request?.SetHeaders ?? new Dictionary<string, string>()).Concat(route.Answer?.SetHeaders ?? new Dictionary<string, string>()).Concat(route.SecretHeaders ?? new Dictionary<string, string>());

    private static Refusal Invalid(string field, string sentence) => new("gateway.route_invalid", sentence, 400) { Details = new Dictionary<string, string> { ["field"] = field } };
}
