using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Testing;

/// <summary>
/// A fresh, migrated database on the shared test server, dropped when disposed. It is a copy of a template that is migrated
/// once for each set of schemas, so that making one takes a few tens of milliseconds.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Alone = "alone";
    private const long TemplateLock = 0x7269_616C_746F_7465;
    private readonly PostgresServer server;
    private readonly string name;

    private TestDatabase(PostgresServer server, string name, Database database)
    {
        (this.server, this.name, Database) = (server, name, database);
    }

    /// <summary>The server it is on.</summary>
    public PostgresServer Server => server;

    /// <summary>The opened database.</summary>
    public Database Database { get; }

    /// <summary>Makes one with the Kernel's schema and those of <paramref name="modules"/>, lower floors first.</summary>
    public static async Task<TestDatabase> CreateAsync(params SchemaSource[] modules)
    {
        var server = await TestPostgres.ServerAsync();
        var template = await TemplateAsync(server, modules);
        var name = "test_" + Guid.NewGuid().ToString("N");
        await using (var admin = await AdminAsync(server))
            await admin.ExecuteAsync($"create database {name} template {template} owner rialto_owner");
        return new TestDatabase(server, name, await Database.OpenAsync(DatabaseAddress.Embedded(server, name), modules));
    }

    /// <summary>One on a server of its own in <paramref name="folder"/>, kept and started again as a node does it: a test may kill it.</summary>
    public static async Task<TestDatabase> CreateAloneAsync(string folder, params SchemaSource[] modules)
    {
        var server = await PostgresServer.StartAsync(new PostgresOptions(folder));
        return new TestDatabase(server, Alone, await Database.OpenAsync(await Database.MakeEmbeddedAsync(server, Alone), modules, server));
    }

    /// <summary>An empty database: only the roles exist. It is dropped when the last test process ends.</summary>
    public static async Task<DatabaseAddress> CreateEmptyAsync()
    {
        var server = await TestPostgres.ServerAsync();
        return await Database.MakeEmbeddedAsync(server, "test_empty_" + Guid.NewGuid().ToString("N"));
    }

    /// <summary>A second way in to the same database, as another node would have it.</summary>
    public Task<Database> OpenSecondNodeAsync(params SchemaSource[] modules) => Database.OpenAsync(Database.Address, modules);

    /// <summary>A connection of the schema's owner. Row-level security binds it as well.</summary>
    public Task<NpgsqlConnection> OpenOwnerAsync() => OpenAsync(Database.Address.Owner);

    /// <summary>A bare connection of the application's role, outside any tenant: what a leak would have in hand.</summary>
    public Task<NpgsqlConnection> OpenAppAsync() => OpenAsync(Database.Address.App);

    /// <summary>A connection of the superuser, who sees everything: to look at what is really there.</summary>
    public Task<NpgsqlConnection> OpenSuperAsync() => OpenAsync(server.ConnectionString(name));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (name == Alone) return;
        await using var admin = await AdminAsync(server);
        await admin.ExecuteAsync($"drop database if exists {name} with (force)");
    }

    private static async Task<string> TemplateAsync(PostgresServer server, SchemaSource[] modules)
    {
        SchemaSource[] all = [SchemaSource.Kernel, .. modules];
        var words = string.Join('\n', all.SelectMany(module => module.Migrations.Select(step => $"{module.Module} {step.Name} {step.Checksum}")));
        var template = "template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)))[..16];
        await using var admin = await AdminAsync(server);
        await admin.ExecuteAsync("select pg_advisory_lock(@TemplateLock)", new { TemplateLock });
        if (await admin.ExecuteScalarAsync<bool>("select exists (select from pg_database where datname = @template and datistemplate)", new { template })) return template;

        await admin.ExecuteAsync($"drop database if exists {template} with (force)");
        var address = await Database.MakeEmbeddedAsync(server, template);
        await Migrator.RunAsync(address.Owner, modules);
        await admin.ExecuteAsync($"alter database {template} is_template true");
        return template;
    }

    private static Task<NpgsqlConnection> AdminAsync(PostgresServer server) => OpenAsync(server.ConnectionString());

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
