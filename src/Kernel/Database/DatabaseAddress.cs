using Npgsql;

namespace Rialto.Kernel;

/// <summary>How the three roles reach one database.</summary>
/// <param name="Owner">Owns the schema and migrates it; never used to serve.</param>
/// <param name="App">Serves requests and jobs: no superuser, cannot pass row-level security.</param>
/// <param name="System">The platform's own work across organisations (claiming jobs, reading events): sees only tables that are opened to it by name.</param>
public sealed record DatabaseAddress(string Owner, string App, string System)
{
    internal const string OwnerRole = "rialto_owner", AppRole = "rialto_app", SystemRole = "rialto_system";

    /// <summary>Longest a client waits for a connection, in seconds.</summary>
    private const int ConnectTimeoutSeconds = 15;

    /// <summary>A database of the embedded server; each role signs in as itself.</summary>
    public static DatabaseAddress Embedded(PostgresServer server, string database) => new(
        Tune(server.ConnectionString(database, OwnerRole), 4),
        Tune(server.ConnectionString(database, AppRole), 40),
        Tune(server.ConnectionString(database, SystemRole), 10));

    /// <summary>A database elsewhere, by one connection string whose role may take on the others; the role is fixed at sign-in.</summary>
    public static DatabaseAddress Outside(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        return new DatabaseAddress(Tune(connectionString, 4), As(given, AppRole, 40), As(given, SystemRole, 10));
    }

    private static string As(NpgsqlConnectionStringBuilder given, string role, int connections) =>
        Tune(new NpgsqlConnectionStringBuilder(given.ConnectionString) { Options = $"{given.Options} -c role={role}".Trim() }.ConnectionString, connections);

    private static string Tune(string connectionString, int connections) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "rialto", MaxPoolSize = connections, MinPoolSize = 0, ConnectionIdleLifetime = 60, MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 2, Timeout = ConnectTimeoutSeconds, IncludeErrorDetail = false,
    }.ConnectionString;
}
