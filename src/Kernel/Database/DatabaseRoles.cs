using Dapper;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>Makes the roles and the database, the first time. Safe to run at every start and from many nodes at once.</summary>
internal static class DatabaseRoles
{
    private const string MakeRoles = """
        do $$
        declare wanted text;
        begin
          foreach wanted in array string_to_array(current_setting('rialto.wanted_roles'), ',') loop
            if not exists (select from pg_roles where rolname = wanted) then
              execute format('create role %I %s nosuperuser nobypassrls nocreatedb nocreaterole', wanted, current_setting('rialto.role_login'));
            end if;
          end loop;
        end $$;
        """;

    // Any constant will do as long as every node uses the same.
    private const long SetupLock = 0x7269_616C_746F_0001;

    /// <summary>On the embedded server: all roles sign in themselves, and the owner owns <paramref name="database"/>.</summary>
    public static async Task ProvisionEmbeddedAsync(PostgresServer server, string database, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync(cancel);
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from pg_database where datname = @database)", new { database })) return;
        await connection.ExecuteAsync("select pg_advisory_lock(@SetupLock)", new { SetupLock });
        await MakeAsync(connection, "login", DatabaseAddress.OwnerRole, DatabaseAddress.AppRole, DatabaseAddress.SystemRole);
        if (!await connection.ExecuteScalarAsync<bool>("select exists (select from pg_database where datname = @database)", new { database }))
            await connection.ExecuteAsync($"create database {Quote(database)} owner {DatabaseAddress.OwnerRole}");
    }

    /// <summary>On a server elsewhere: the roles cannot sign in, the given one takes them on.</summary>
    /// <exception cref="Refusal"><c>database.roles_missing</c> with the statements to run when the given role may not make roles.</exception>
    public static async Task ProvisionOutsideAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@SetupLock)", new { SetupLock }, cancellationToken: cancel));
            await MakeAsync(connection, "nologin", DatabaseAddress.AppRole, DatabaseAddress.SystemRole);
            foreach (var role in new[] { DatabaseAddress.AppRole, DatabaseAddress.SystemRole })
                if (!await connection.ExecuteScalarAsync<bool>("select pg_has_role(current_user, @role, 'set')", new { role }))
                    await connection.ExecuteAsync($"grant {role} to current_user");
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new Refusal("database.roles_missing",
                $"The role in RIALTO_DATABASE may not make roles; run as an administrator: create role {DatabaseAddress.AppRole} nologin; create role {DatabaseAddress.SystemRole} nologin; grant {DatabaseAddress.AppRole}, {DatabaseAddress.SystemRole} to that role.", 503);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        }
    }

    /// <summary>Looks whether <paramref name="app"/> is held by the tenant wall.</summary>
    /// <exception cref="Refusal"><c>database.role_too_strong</c> when it would not be.</exception>
    public static async Task RequireWeakAsync(NpgsqlDataSource app, CancellationToken cancel)
    {
        await using var command = app.CreateCommand("select bool_or(rolsuper or rolbypassrls) from pg_roles where rolname = current_user");
        if (await command.ExecuteScalarAsync(cancel) is not false)
            throw new Refusal("database.role_too_strong", "The application's database role can pass row-level security; take superuser and bypassrls from it.", 503);
    }

    /// <summary>An identifier, quoted for SQL.</summary>
    public static string Quote(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static Task MakeAsync(NpgsqlConnection connection, string login, params string[] roles) =>
        connection.ExecuteAsync($"set rialto.wanted_roles = '{string.Join(',', roles)}'; set rialto.role_login = '{login}'; {MakeRoles}");
}
