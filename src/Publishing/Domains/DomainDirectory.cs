using System.Collections.Frozen;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Which site stands at a customer's domain. All verified domains are held in memory and read again as a whole when one changes on any node.</summary>
internal sealed class DomainDirectory(Database database, SiteSignals signals) : IDisposable
{
    /// <summary>The word by which changes of domains are told; no site can have it.</summary>
    public const string Signal = "*domains";

    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(30), TrustAfterFailure = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim turn = new(1);
    private volatile Snapshot current = new(FrozenDictionary<string, HostedDomain>.Empty, -1, 0);

    /// <summary>True for a host that could be a customer's: a name with a dot that ends in a letter.</summary>
    public static bool MayBe(string host) => host.Length > 3 && char.IsAsciiLetter(host[^1]) && host.Contains('.');

    /// <summary>The domain; null when nobody has shown that it is theirs.</summary>
    public ValueTask<HostedDomain?> FindAsync(string host)
    {
        var known = current;
        return known.Turn == signals.Turn(Signal) && Environment.TickCount64 < known.TrustedUntil ? new(known.Find(host)) : new(ReadAsync(host));
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<HostedDomain?> ReadAsync(string host)
    {
        // One reads; the others are served what was known, which is at most a moment old, unless nothing was.
        if (!await turn.WaitAsync(current.Turn < 0 ? Timeout.Infinite : 0)) return current.Find(host);
        try
        {
            signals.Listen();
            var (heard, now) = (signals.Turn(Signal), Environment.TickCount64);
            if (current.Turn == heard && now < current.TrustedUntil) return current.Find(host);
            try
            {
                await using var session = await database.BeginAsync(TenantId.Platform);
                var rows = await session.Connection.QueryAsync<HostedDomain>(
                    """
                    select d.name, s.name as Site, d.tenant_id as Tenant, d.id, d.not_after as NotAfter from publishing.domains d
                    join publishing.sites s on s.tenant_id = d.tenant_id and s.id = d.site_id where d.state = 'verified'
                    """);
                current = new Snapshot(rows.ToFrozenDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase), heard, now + (long)Trust.TotalMilliseconds);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException or IOException or InvalidOperationException or Refusal { Code: "database.unreachable" })
            {
                current = current with { Turn = heard, TrustedUntil = now + (long)TrustAfterFailure.TotalMilliseconds };
            }
            return current.Find(host);
        }
        finally
        {
            turn.Release();
        }
    }

    private sealed record Snapshot(FrozenDictionary<string, HostedDomain> ByName, long Turn, long TrustedUntil)
    {
        public HostedDomain? Find(string host) => ByName.TryGetValue(host, out var domain) ? domain : null;
    }
}

/// <summary>A verified domain.</summary>
internal sealed record HostedDomain
{
    public string Name { get; init; } = "";

    public string Site { get; init; } = "";

    public Guid Tenant { get; init; }

    public Guid Id { get; init; }

    /// <summary>Until when its certificate is good; null without one.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>True while visitors can be sent to https.</summary>
    public bool HasCertificate => NotAfter > DateTime.UtcNow;
}
