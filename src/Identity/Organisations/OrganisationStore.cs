using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The platform's list of organisations, in a session of the platform.</summary>
internal static class OrganisationStore
{
    /// <summary>The organisation, or null.</summary>
    public static Task<Organisation?> FindAsync(TenantSession platform, Guid id, CancellationToken cancel) => platform.Connection.QuerySingleOrDefaultAsync<Organisation>(
        AccountStore.Command("select id, handle, name from identity.organisations where tenant_id = kernel.current_tenant() and id = @id", new { id }, cancel));
}
