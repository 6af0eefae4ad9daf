using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>The GitHub App: the server's for all, or an organisation's own.</summary>
internal static class GitHubSettings
{
    public static readonly Setting<string> AppId = Settings.Text("repositories.github_app_id", "", "Number of the GitHub App, from its page; empty for none.", "digits", text => text.All(char.IsAsciiDigit) && text.Length <= 20) with { ByTenant = true };

    public static readonly Setting<string> Slug = Settings.Text("repositories.github_app_slug", "", "Last word of the GitHub App's public address.", "letters, digits and hyphens",
        text => text.Length <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')) with { ByTenant = true };

    public static readonly Setting<string> PrivateKey = Settings.Text("repositories.github_private_key", "", "Private key of the GitHub App, as its PEM file.", "a PEM text") with { ByTenant = true, IsSecret = true };

    public static readonly Setting<string> WebhookSecret = Settings.Text("repositories.github_webhook_secret", "", "Secret of the GitHub App's webhook, at least 16 letters.", "at least 16 letters", text => text.Length is 0 or >= 16) with { ByTenant = true, IsSecret = true };

    public static readonly Setting<string> ClientId = Settings.Text("repositories.github_client_id", "", "Client id of the GitHub App; with it who installs the app proves to have the account.") with { ByTenant = true };

    public static readonly Setting<string> ClientSecret = Settings.Text("repositories.github_client_secret", "", "Client secret of the GitHub App.") with { ByTenant = true, IsSecret = true };

    public static readonly Setting<string> Web = Settings.Text("repositories.github_url", "https://github.com", "Address of GitHub, or of a GitHub Enterprise Server.", "an https address", IsAddress) with { ByTenant = true };

    public static readonly Setting<string> Api = Settings.Text("repositories.github_api_url", "https://api.github.com", "Address of GitHub's API; https://HOST/api/v3 for a GitHub Enterprise Server.", "an https address", IsAddress) with { ByTenant = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [AppId, Slug, PrivateKey, WebhookSecret, ClientId, ClientSecret, Web, Api];

    // Whether plain http may be used is decided where the request is made, by the hosts the operator allows.
    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "https" or "http") && address is { Query.Length: 0, UserInfo.Length: 0 };
}
