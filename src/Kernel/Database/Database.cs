using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// One PostgreSQL database: where tenants' sessions and the platform's own sessions are opened. Safe for concurrent use.
/// There is no way to a connection of the application that is not inside a transaction of exactly one tenant.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const string Start = "select set_config('rialto.tenant', $1, true)", NotingStart = Start + ", set_config('rialto.noting', 'on', true)";
    private readonly PostgresServer? server;
    private readonly NpgsqlDataSource app, system;

    private Database(DatabaseAddress address, PostgresServer? server)
    {
        (Address, this.server) = (address, server);
        app = NpgsqlDataSource.Create(address.App);
        system = NpgsqlDataSource.Create(address.System);
        Bell = new Bell(address.System);
    }

    /// <summary>Wakes whoever waits for something that was committed, on this node and the others.</summary>
    internal Bell Bell { get; }

    /// <summary>How the roles reach it.</summary>
    public DatabaseAddress Address { get; }

    /// <summary>
    /// Opens the database a node works with, migrated: the one that <paramref name="outside"/> names (the value of
    /// <c>RIALTO_DATABASE</c>), otherwise an embedded one that lives in <paramref name="folder"/>.
    /// </summary>
    /// <exception cref="Refusal">Any of <c>database.*</c>, when it cannot be had, made or migrated.</exception>
    public static async Task<Database> StartAsync(string folder, IEnumerable<SchemaSource> modules, string? outside = null, CancellationToken cancel = default)
    {
        if (outside is { Length: > 0 })
        {
            var address = DatabaseAddress.Outside(outside);
            await using (var connection = new NpgsqlConnection(outside))
            {
                try
                {
                    await connection.OpenAsync(cancel);
                }
                catch (NpgsqlException failure)
                {
                    throw new Refusal("database.unreachable", $"The database that RIALTO_DATABASE names does not answer: {failure.Message}", 503);
                }
                await DatabaseRoles.ProvisionOutsideAsync(connection, cancel);
            }
            return await OpenAsync(address, modules, null, cancel);
        }
        var server = await PostgresServer.StartAsync(new PostgresOptions(folder), cancel);
        try
        {
            return await OpenAsync(await MakeEmbeddedAsync(server, "rialto", cancel), modules, server, cancel);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the roles and <paramref name="database"/> on an embedded server, the first time, and tells how to reach it.</summary>
    public static async Task<DatabaseAddress> MakeEmbeddedAsync(PostgresServer server, string database, CancellationToken cancel = default)
    {
        await DatabaseRoles.ProvisionEmbeddedAsync(server, database, cancel);
        return DatabaseAddress.Embedded(server, database);
    }

    /// <summary>Migrates the database at <paramref name="address"/> and opens it; <paramref name="server"/>, when given, is stopped together with it.</summary>
    public static async Task<Database> OpenAsync(
        DatabaseAddress address, IEnumerable<SchemaSource> modules, PostgresServer? server = null, CancellationToken cancel = default)
    {
        await Migrator.RunAsync(address.Owner, modules, cancel);
        var database = new Database(address, server);
        await DatabaseRoles.RequireWeakAsync(database.app, cancel);
        return database;
    }

    /// <summary>
    /// Begins the one transaction in which <paramref name="tenant"/>'s rows, and no others, can be seen and written.
    /// Nothing lasts unless <see cref="TenantSession.CommitAsync"/> is called.
    /// </summary>
    public Task<TenantSession> BeginAsync(TenantId tenant, CancellationToken cancel = default) => BeginAsync(app, tenant, cancel);

    /// <summary>The same, with every changed row noted for the audit log: pass the session to <see cref="AuditLog.RecordAsync"/> before it is committed.</summary>
    public Task<TenantSession> BeginAuditedAsync(TenantId tenant, CancellationToken cancel = default) => BeginAsync(app, tenant, cancel, isNoting: true);

    /// <summary>
    /// A way in with <paramref name="connections"/> of its own, for work that callers wait for while they hold a connection themselves:
    /// it never stands in line behind them. Dispose it before the database.
    /// </summary>
    public DatabaseLane OpenLane(int connections) => new(this, new NpgsqlConnectionStringBuilder(Address.App) { MaxPoolSize = connections }.ConnectionString);

    internal async Task<TenantSession> BeginAsync(NpgsqlDataSource source, TenantId tenant, CancellationToken cancel, bool isNoting = false)
    {
        var connection = await OpenConnectionAsync(source, cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancel);
            await using var command = new NpgsqlCommand(isNoting ? NotingStart : Start, connection, transaction);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
            await command.ExecuteNonQueryAsync(cancel);
            return new TenantSession(tenant, connection, transaction, Bell) { IsNoting = isNoting };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A connection for the platform's own work across tenants. It sees only tables opened by <c>kernel.open_to_system</c>,
    /// is never handed to a module's code, and each use can be found by searching for this name.
    /// </summary>
    internal Task<NpgsqlConnection> OpenSystemAsync(CancellationToken cancel = default) => OpenConnectionAsync(system, cancel);

    /// <summary>True when the database answers; for readiness.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel = default)
    {
        try
        {
            await using var connection = await system.OpenConnectionAsync(cancel);
            await using var command = new NpgsqlCommand("select 1", connection);
            return await command.ExecuteScalarAsync(cancel) is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<NpgsqlConnection> OpenConnectionAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException failure) when (failure is not PostgresException { SqlState: not "57P03" })
        {
            throw new Refusal("database.unreachable", "The database does not answer just now; try again in a moment.", 503);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Bell.DisposeAsync();
        await app.DisposeAsync();
        await system.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }
}
