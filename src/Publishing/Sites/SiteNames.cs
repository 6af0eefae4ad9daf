using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Who has a name. It stays with the organisation that took it first, also after the site is gone: nobody else can stand where old
/// links lead.
/// </summary>
internal static class SiteNames
{
    /// <summary>Takes the name for the session's organisation; false when another one has it.</summary>
    public static async Task<bool> TakeAsync(TenantSession session, string name, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(new CommandDefinition("insert into publishing.names (name) values (@name) on conflict (name) do nothing", new { name }, cancellationToken: cancel));
        // The wall hides the row of somebody else; that it could not be added says that there is one.
        return await session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from publishing.names where tenant_id = @tenant and name = @name)", new { tenant = session.Tenant.Value, name }, cancellationToken: cancel));
    }
}
