using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Names of sites: each is a label of a host name (RFC 1123), unique on the platform.</summary>
internal static class SiteName
{
    // "--" separates a preview's label from the name, and the two share the 63 characters of a host label.
    private const int Longest = 40;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "www", "api", "app", "admin", "administrator", "root", "mail", "smtp", "imap", "pop", "ftp", "ns", "dns", "mx", "autoconfig", "autodiscover", "wpad", "isatap", "localhost", "local", "internal",
        "status", "health", "metrics", "login", "signin", "signup", "account", "accounts", "auth", "oauth", "sso", "billing", "pay", "payments", "support", "help", "docs", "blog", "cdn", "static", "assets",
        "security", "abuse", "postmaster", "hostmaster", "webmaster", "rialto", "portal", "system", "git", "hooks", "webhooks", "s",
    };

    /// <summary>Insists on a name that may be given.</summary>
    /// <exception cref="Refusal"><c>publishing.name_invalid</c>, <c>publishing.name_reserved</c>.</exception>
    public static string Require(string name)
    {
        var isLabel = name.Length is > 0 and <= Longest && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-') && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        if (!isLabel) throw new Refusal("publishing.name_invalid", $"A site's name has up to {Longest} lower-case letters, digits and single hyphens, and begins and ends with a letter or digit: my-project.", 422);
        return Reserved.Contains(name) ? throw new Refusal("publishing.name_reserved", $"{name} is kept for the platform; choose another name.", 422) : name;
    }

    /// <summary>An acceptable name made from any words, such as a repository's name.</summary>
    public static string From(string words)
    {
        var label = Slug.Of(words, Longest - 5);
        return label.Length == 0 || Reserved.Contains(label) ? (label + "-site").TrimStart('-') : label;
    }
}
