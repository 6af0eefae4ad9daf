using Dapper;
using Rialto.Kernel;

namespace Rialto.Repositories.Uploads;

/// <summary>Tells the collection of blobs which bundles are still somebody's.</summary>
internal sealed class UploadHolder(Database database) : IBlobHolder
{
    public async Task<IReadOnlyCollection<string>> HeldAsync(CancellationToken cancel)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        return (await platform.Connection.QueryAsync<string>(new CommandDefinition("select distinct bundle from repositories.uploads", cancellationToken: cancel))).AsList();
    }
}
