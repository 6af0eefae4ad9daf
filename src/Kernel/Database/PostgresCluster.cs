using System.Security.Cryptography;
using System.Text;

namespace Rialto.Kernel;

/// <summary>The folders and settings of one embedded cluster, before any server runs on it.</summary>
internal sealed class PostgresCluster(PostgresOptions options, PostgresAccount account)
{
    /// <summary>Superuser of the cluster, used only to make roles and databases.</summary>
    public const string Superuser = "rialto_super";

    // The socket's full path must fit into 107 bytes (sun_path), the name in the folder takes 20.
    private const int LongestSocketFolder = 85;

    public string Folder { get; } = Path.GetFullPath(options.Folder);

    public string Data => Path.Combine(Folder, "cluster");

    public string SocketFolder { get; } = SocketFolderFor(Path.GetFullPath(options.Folder));

    /// <summary>Makes the folders and, the first time, the cluster; returns binaries that the account can run.</summary>
    public async Task<PostgresBinaries> PrepareAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        var isNew = !File.Exists(Path.Combine(Data, "PG_VERSION"));
        Directory.CreateDirectory(Folder);
        if (Path.GetDirectoryName(Folder) is { } parent && !account.Reaches(parent))
            throw new Refusal("database.folder_unreachable",
                $"PostgreSQL runs as {account.Name}, which cannot reach {parent}; choose a data folder outside private homes, such as --data /var/lib/rialto.", 503);
        if (isNew || !Directory.Exists(SocketFolder))
        {
            Directory.CreateDirectory(SocketFolder);
            await account.OwnAsync(SocketFolder, cancel);
            await account.OwnAsync(Folder, cancel);
        }
        if (!account.Reaches(binaries.BinFolder)) binaries = await CopyAsync(binaries, cancel);
        if (isNew) await InitialiseAsync(binaries, cancel);
        WriteSettings();
        return binaries;
    }

    private async Task InitialiseAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        // A first start that was interrupted leaves half a cluster without its version file; nothing of worth is in it.
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
        // The socket folder is closed to every other account, which is the lock on the door: hence trust inside it.
        string[] arguments = ["-D", Data, "-U", Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"];
        if (options.Durable) arguments = [.. arguments.Where(argument => argument != "--no-sync"), "--data-checksums"];
        var command = account.Wrap(binaries["initdb"], arguments);
        (await ChildProcess.RunAsync(new ChildCommand(command[0], [.. command.Skip(1)]) { WorkingDirectory = "/" }, cancel: cancel))
            .OrRefuse("database.setup_failed", $"The database in {Data} cannot be made; look at the rights and the free space of that folder.", 503);
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), "\ninclude 'rialto.conf'\n");
    }

    private void WriteSettings()
    {
        var settings = $"""
            # Written by Rialto at each start. Small on purpose: an idle server should cost little.
            listen_addresses = ''
            unix_socket_directories = '{SocketFolder}'
            unix_socket_permissions = 0700
            max_connections = {options.MaxConnections}
            shared_buffers = '{(options.Durable ? 32 : 64)}MB'
            work_mem = '8MB'
            maintenance_work_mem = '64MB'
            effective_cache_size = '512MB'
            max_worker_processes = 4
            max_parallel_workers = 2
            autovacuum_max_workers = 2
            autovacuum_naptime = '30s'
            io_method = sync
            max_wal_size = '512MB'
            jit = off
            random_page_cost = 1.1
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_min_messages = warning
            log_checkpoints = off
            idle_in_transaction_session_timeout = '10min'
            {(options.Durable ? "" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum_naptime = '10min'")}

            """;
        var path = Path.Combine(Data, "rialto.conf");
        if (!File.Exists(path) || File.ReadAllText(path) != settings) File.WriteAllText(path, settings);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private async Task<PostgresBinaries> CopyAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        var native = Path.GetDirectoryName(binaries.BinFolder)!;
        var stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(native + File.GetLastWriteTimeUtc(binaries["postgres"]).Ticks)))[..12];
        var copy = Path.Combine(Folder, "binaries-" + stamp);
        if (!Directory.Exists(copy))
        {
            var unfinished = copy + ".new";
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            (await ChildProcess.RunAsync(new ChildCommand("cp", "-a", native, unfinished), cancel: cancel)).OrThrow();
            await account.OwnAsync(unfinished, cancel);
            Directory.Move(unfinished, copy);
        }
        return new PostgresBinaries(Path.Combine(copy, "bin"));
    }

    private static string SocketFolderFor(string folder)
    {
        var own = Path.Combine(folder, "run");
        if (Encoding.UTF8.GetByteCount(own) <= LongestSocketFolder) return own;
        return Path.Combine("/tmp", "rialto-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16]);
    }
}
