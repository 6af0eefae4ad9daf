using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Where certificates come from.</summary>
internal static class CertificateSettings
{
    public static readonly Setting<string> Directory = Settings.Text("publishing.acme_directory", "https://acme-v02.api.letsencrypt.org/directory",
        "Address of the directory of the certificate authority (ACME, RFC 8555). Using it accepts its terms.", "an https address", text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);

    public static readonly Setting<string> Contact = Settings.Text("publishing.acme_contact", "", "Where the certificate authority may write to, an e-mail address; empty for nowhere.", "an e-mail address", text => text.Length == 0 || text.Contains('@'));

    public static readonly Setting<string> Roots = Settings.Text("publishing.acme_roots", "", "File with the certificates (PEM) a private authority's own address is trusted by; empty for those of the system.", "a path");
}

/// <summary>The certificate authority that was chosen, and the platform's account there: one key, made once, encrypted, the same for all nodes.</summary>
internal sealed class CertificateAuthority(Database database, FieldCipher cipher, SettingLayers settings)
{
    private const string Table = "publishing.acme_accounts";
    private const double PatienceSeconds = 30;
    private const int MostAnswerBytes = 1024 * 1024;

    /// <summary>As <see cref="AcmeClient.IssueAsync"/>, with our account.</summary>
    public async Task<string> IssueAsync(string name, ECDsa certificateKey, Func<string, string, Task> publish, CancellationToken cancel)
    {
        var directory = new Uri(settings.Get(CertificateSettings.Directory));
        var roots = settings.Get(CertificateSettings.Roots);
        using var http = LocalHttp.Create(directory, roots.Length > 0 ? LoadRoots(roots) : null);
        http.MaxResponseContentBufferSize = MostAnswerBytes;
        http.Timeout = TimeSpan.FromSeconds(PatienceSeconds);
        using var key = await AccountKeyAsync(directory.AbsoluteUri, cancel);
        return await new AcmeClient(http, directory, key).IssueAsync(name, settings.Get(CertificateSettings.Contact), certificateKey, publish, cancel);
    }

    private static X509Certificate2Collection LoadRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
            return roots;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new Refusal("domains.roots_unreadable", $"The file of publishing.acme_roots cannot be read: {failure.Message}", 503);
        }
    }

    private async Task<AcmeKey> AccountKeyAsync(string directory, CancellationToken cancel)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var at = new FieldAddress(Table, directory, "key");
        if (await KeptAsync() is { } kept) return AcmeKey.Import(await cipher.DecryptAsync(platform, at, kept, cancel));
        using var made = AcmeKey.Create();
        await platform.Connection.ExecuteAsync(new CommandDefinition("insert into publishing.acme_accounts (directory, key) values (@directory, @key) on conflict do nothing",
            new { directory, key = await cipher.EncryptAsync(platform, at, made.Export(), cancel) }, cancellationToken: cancel));
        // Perhaps another node was first: what stands there now is the key.
        var stands = (await KeptAsync())!;
        var key = AcmeKey.Import(await cipher.DecryptAsync(platform, at, stands, cancel));
        await platform.CommitAsync(cancel);
        return key;

        Task<byte[]?> KeptAsync() => platform.Connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select key from publishing.acme_accounts where tenant_id = kernel.current_tenant() and directory = @directory", new { directory }, cancellationToken: cancel));
    }
}
