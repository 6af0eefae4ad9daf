using Dapper;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// Brings a database up to the schema of the running program: each module's files in order, each in one transaction,
/// by one node at a time, each remembered with its checksum.
/// </summary>
public static class Migrator
{
    // Shared by all nodes of all versions; see DatabaseRoles for the other one.
    private const long MigrationLock = 0x7269_616C_746F_0002;

    private const string Ledger = """
        create schema if not exists kernel;
        create table if not exists kernel.migrations (
          module text not null, number int not null, name text not null, checksum text not null,
          applied_at timestamptz not null default now(), primary key (module, number));
        """;

    private const string OpenSchema = """
        create schema if not exists {0};
        grant usage on schema {0} to rialto_app, rialto_system;
        alter default privileges in schema {0} grant select, insert, update, delete on tables to rialto_app;
        alter default privileges in schema {0} grant usage on sequences to rialto_app;
        """;

    /// <summary>Applies what is missing and returns how many steps that were.</summary>
    /// <param name="ownerConnectionString">Of the role that owns the database.</param>
    /// <param name="modules">Lower floors first; the Kernel's own schema is put before them.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <exception cref="Refusal">
    /// <c>database.migration_changed</c> when a step that was applied reads differently now;
    /// <c>database.newer</c> when the database has steps this program does not know.
    /// </exception>
    public static async Task<int> RunAsync(string ownerConnectionString, IEnumerable<SchemaSource> modules, CancellationToken cancel = default)
    {
        SchemaSource[] sources = [SchemaSource.Kernel, .. modules.Where(module => module.Module != SchemaSource.Kernel.Module)];
        await using var connection = new NpgsqlConnection(ownerConnectionString + ";Pooling=false;Max Auto Prepare=0;Command Timeout=0");
        await connection.OpenAsync(cancel);
        if (await ReadAppliedAsync(connection) is { } before && Missing(sources, before).Count == 0) return 0;

        await connection.ExecuteAsync("select pg_advisory_lock(@MigrationLock)", new { MigrationLock });
        await connection.ExecuteAsync(Ledger);
        var missing = Missing(sources, (await ReadAppliedAsync(connection))!);
        foreach (var (module, step) in missing)
        {
            cancel.ThrowIfCancellationRequested();
            await ApplyAsync(connection, module, step);
        }
        await connection.ExecuteAsync("select kernel.note_all_changes()");
        return missing.Count;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string module, Migration step)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            if (step.Number == 1) await connection.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, OpenSchema, module));
            await connection.ExecuteAsync(step.Sql);
        }
        catch (PostgresException failure)
        {
            throw new InvalidOperationException($"{module}/{step.Name}: {failure.MessageText} (position {failure.Position})", failure);
        }
        await connection.ExecuteAsync(
            "insert into kernel.migrations (module, number, name, checksum) values (@module, @Number, @Name, @Checksum)",
            new { module, step.Number, step.Name, step.Checksum });
        await transaction.CommitAsync();
    }

    private static List<(string Module, Migration Step)> Missing(SchemaSource[] sources, Dictionary<(string, int), string> applied)
    {
        var missing = new List<(string, Migration)>();
        foreach (var source in sources)
        {
            foreach (var step in source.Migrations)
                if (!applied.TryGetValue((source.Module, step.Number), out var checksum)) missing.Add((source.Module, step));
                else if (checksum != step.Checksum)
                    throw new Refusal("database.migration_changed",
                        $"The migration {source.Module}/{step.Name} was changed after it had been applied; restore the file and put the correction into a new one.", 503);
            if (applied.Keys.Any(key => key.Item1 == source.Module && key.Item2 > source.Migrations.Count))
                throw new Refusal("database.newer", $"The database was migrated by a newer Rialto ({source.Module}); start that version or a later one.", 503);
        }
        return missing;
    }

    private static async Task<Dictionary<(string, int), string>?> ReadAppliedAsync(NpgsqlConnection connection)
    {
        if (!await connection.ExecuteScalarAsync<bool>("select to_regclass('kernel.migrations') is not null")) return null;
        var rows = await connection.QueryAsync<(string Module, int Number, string Checksum)>("select module, number, checksum from kernel.migrations");
        return rows.ToDictionary(row => (row.Module, row.Number), row => row.Checksum);
    }
}
