using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>A GitHub App as it is set for an organisation.</summary>
internal sealed record GitHubApp
{
    // GitHub allows ten minutes; a clock that is a little fast must not make it more.
    private const int BackdateSeconds = 60, LifetimeSeconds = 540;

    public required string Id { get; init; }

    public required string Slug { get; init; }

    public required string PrivateKey { get; init; }

    public required string WebhookSecret { get; init; }

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    public required Uri Web { get; init; }

    public required Uri Api { get; init; }

    /// <summary>
    /// The app that holds for the session's organisation: its own, when it has set a key of its own; else the server's, whole. The two are
    /// never mixed, or an organisation could have the server's key sign for an address of its choosing. Null when none is set.
    /// </summary>
    public static async Task<GitHubApp?> FindAsync(TenantSettings settings, TenantSession session, CancellationToken cancel)
    {
        var key = await settings.GetAsync(session, GitHubSettings.PrivateKey, cancel);
        var isOwn = key != settings.OfServer(GitHubSettings.PrivateKey);
        var id = await Get(GitHubSettings.AppId);
        if (id.Length == 0) return null;
        return new GitHubApp
        {
            Id = id, Slug = await Get(GitHubSettings.Slug), PrivateKey = key, WebhookSecret = await Secret(GitHubSettings.WebhookSecret), ClientId = await Get(GitHubSettings.ClientId), ClientSecret = await Secret(GitHubSettings.ClientSecret),
            Web = Address(await Get(GitHubSettings.Web)), Api = Address(await Get(GitHubSettings.Api)),
        };

        async Task<string> Get(Setting<string> setting) => isOwn ? await settings.GetAsync(session, setting, cancel) : settings.OfServer(setting);

        // A secret the organisation has not set itself is not its own to use.
        async Task<string> Secret(Setting<string> setting) => await Get(setting) is var value && isOwn && value == settings.OfServer(setting) ? "" : value;
    }

    /// <summary>What is said where no app is set.</summary>
    public static Refusal Missing() => new("github.app_missing", "No GitHub App is set; make one on GitHub and enter its number, key and webhook secret in the settings repositories.github_….", 409);

    /// <summary>A JSON Web Token by which the app itself speaks (RFC 7519, RS256), good for nine minutes.</summary>
    /// <exception cref="Refusal"><c>github.key_invalid</c>.</exception>
    public string Token(DateTimeOffset now)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(PrivateKey);
        }
        catch (Exception broken) when (broken is ArgumentException or CryptographicException)
        {
            throw new Refusal("github.key_invalid", "The GitHub App's private key cannot be read; enter the whole .pem file that GitHub gave in repositories.github_private_key.", 409);
        }
        var seconds = now.ToUnixTimeSeconds();
        var signed = Base64Url.EncodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"u8) + "." +
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"iat":{{seconds - BackdateSeconds}},"exp":{{seconds + LifetimeSeconds}},"iss":"{{Id}}"}""")));
        return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static Uri Address(string text) => new(text.TrimEnd('/') + "/");
}
