using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// The certificate for the name a browser asks for, opened once and held while it is in force. A name without one ends the handshake:
/// there is nothing to show that would not be a warning.
/// </summary>
internal sealed class CertificateStore(Database database, FieldCipher cipher, DomainDirectory domains, SiteSignals signals)
{
    private const int MostHeld = 5000;
    private readonly ConcurrentDictionary<string, (long Turn, SslStreamCertificateContext Context)> held = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where a private key stands.</summary>
    public static FieldAddress KeyAt(Guid domain) => new("publishing.domains", domain.ToString("D"), "key");

    /// <summary>What a TLS connection to <paramref name="name"/> is answered with; null for a name we have no certificate for.</summary>
    public async ValueTask<SslStreamCertificateContext?> FindAsync(string name, CancellationToken cancel)
    {
        var turn = signals.Turn(DomainDirectory.Signal);
        if (held.TryGetValue(name, out var known) && known.Turn == turn) return known.Context;
        if (!DomainDirectory.MayBe(name) || await domains.FindAsync(name) is not { NotAfter: not null } domain) return null;
        try
        {
            var context = await OpenAsync(domain, cancel);
            if (context is null) return null;
            if (held.Count > MostHeld) held.Clear();
            held[name] = (turn, context);
            return context;
        }
        catch (Exception lost) when (known.Context is not null && lost is NpgsqlException or TimeoutException or IOException or InvalidOperationException or Refusal)
        {
            // The database is away: what was good a moment ago still is.
            return known.Context;
        }
    }

    private async Task<SslStreamCertificateContext?> OpenAsync(HostedDomain domain, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(new TenantId(domain.Tenant), cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string? Chain, byte[]? Key)>(new CommandDefinition(
            "select chain, key from publishing.domains where tenant_id = @Tenant and id = @Id", new { domain.Tenant, domain.Id }, cancellationToken: cancel));
        if (row.Chain is null || row.Key is null) return null;
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(await cipher.DecryptAsync(session, KeyAt(domain.Id), row.Key, cancel), out _);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(row.Chain);
        using var leaf = chain[0];
        var certificate = leaf.CopyWithPrivateKey(key);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
