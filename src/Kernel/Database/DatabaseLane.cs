using Npgsql;

namespace Rialto.Kernel;

/// <summary>A few connections apart from the others, as the application's role: tenants' transactions that never wait for a free connection of the rest.</summary>
public sealed class DatabaseLane : IAsyncDisposable
{
    private readonly Database database;
    private readonly NpgsqlDataSource source;

    internal DatabaseLane(Database database, string connectionString) => (this.database, source) = (database, NpgsqlDataSource.Create(connectionString));

    /// <inheritdoc cref="Database.BeginAsync(TenantId, CancellationToken)"/>
    public Task<TenantSession> BeginAsync(TenantId tenant, CancellationToken cancel = default) => database.BeginAsync(source, tenant, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
