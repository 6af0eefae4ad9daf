using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Domains as rows.</summary>
internal static class DomainStore
{
    private const string Columns = """
        d.id, d.name, s.name as Site, d.token, d.state, d.is_pointed as IsPointed, d.verified_at as VerifiedAt, d.checked_at as CheckedAt, d.error, d.failures, d.created_at as CreatedAt,
        d.not_after as NotAfter, d.renew_at as RenewAt, d.certificate_error as CertificateError, d.certificate_failures as CertificateFailures
        from publishing.domains d join publishing.sites s on s.tenant_id = d.tenant_id and s.id = d.site_id
        """;

    /// <summary>A domain by id; null when it was removed.</summary>
    public static Task<DomainRow?> TryFindAsync(TenantSession session, Guid id, CancellationToken cancel) => session.Connection.QuerySingleOrDefaultAsync<DomainRow>(
        new CommandDefinition($"select {Columns} where d.tenant_id = @tenant and d.id = @id", new { tenant = session.Tenant.Value, id }, cancellationToken: cancel));

    /// <summary>The site's domain of that name.</summary>
    /// <exception cref="Refusal"><c>domains.not_found</c>.</exception>
    public static async Task<DomainRow> FindAsync(TenantSession session, Guid site, string name, CancellationToken cancel) => await session.Connection.QuerySingleOrDefaultAsync<DomainRow>(
        new CommandDefinition($"select {Columns} where d.tenant_id = @tenant and d.site_id = @site and d.name = @name", new { tenant = session.Tenant.Value, site, name }, cancellationToken: cancel))
        ?? throw new Refusal("domains.not_found", "The site has no such domain.", 404);

    /// <summary>All domains of a site, by name.</summary>
    public static async Task<IReadOnlyList<DomainRow>> ListAsync(TenantSession session, Guid site, CancellationToken cancel) => (await session.Connection.QueryAsync<DomainRow>(
        new CommandDefinition($"select {Columns} where d.tenant_id = @tenant and d.site_id = @site order by d.name", new { tenant = session.Tenant.Value, site }, cancellationToken: cancel))).AsList();
}

/// <summary>A domain.</summary>
internal sealed class DomainRow
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Site { get; init; } = "";

    public string Token { get; init; } = "";

    public string State { get; init; } = "";

    public bool IsPointed { get; init; }

    public DateTime? VerifiedAt { get; init; }

    public DateTime? CheckedAt { get; init; }

    public string? Error { get; init; }

    public int Failures { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? NotAfter { get; init; }

    public DateTime? RenewAt { get; init; }

    public string? CertificateError { get; init; }

    public int CertificateFailures { get; init; }
}
