using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Testing;

/// <summary>
/// The one throw-away PostgreSQL all test processes of this account share. It starts with the first that needs it and
/// stops when the last has ended; the cluster stays in the temporary folder, so the next run starts at once.
/// </summary>
internal static class TestPostgres
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "rialto-tests-" + Environment.UserName);
    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    private static string Users => Path.Combine(Folder + ".users");

    private static string OwnMark => Path.Combine(Users, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    public static Task<PostgresServer> ServerAsync() => Shared.Value;

    private static async Task<PostgresServer> StartAsync()
    {
        using (await FileLock.TakeAsync(Folder + ".users.lock"))
        {
            Directory.CreateDirectory(Users);
            await File.WriteAllTextAsync(OwnMark, "");
            var server = await PostgresServer.StartAsync(new PostgresOptions(Folder) { Detached = true, Durable = false, MaxConnections = 300 });
            AppDomain.CurrentDomain.ProcessExit += (_, _) => LeaveAsync(server).GetAwaiter().GetResult();
            return server;
        }
    }

    private static async Task LeaveAsync(PostgresServer server)
    {
        using var turn = await FileLock.TakeAsync(Folder + ".users.lock");
        File.Delete(OwnMark);
        foreach (var mark in Directory.GetFiles(Users))
            if (!IsRunning(int.Parse(Path.GetFileName(mark), CultureInfo.InvariantCulture))) File.Delete(mark);
        if (Directory.GetFiles(Users).Length > 0) return;
        await DropLeftoversAsync(server);
        await server.StopAsync();
    }

    private static async Task DropLeftoversAsync(PostgresServer server)
    {
        await using var admin = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        foreach (var name in await admin.QueryAsync<string>("select datname from pg_database where datname like 'test\\_%'"))
            await admin.ExecuteAsync($"drop database if exists {name} with (force)");
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
