using System.Diagnostics;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// The PostgreSQL that Rialto starts, watches and stops by itself: its own folder, a Unix socket and no network port, never as root.
/// A server that already runs on the folder is adopted; one that dies is started again.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly PostgresOptions options;
    private readonly PostgresAccount account;
    private readonly PostgresCluster cluster;
    private readonly CancellationTokenSource stopping = new();
    private PostgresBinaries binaries = null!;
    private RunningChild? child;
    private Task supervision = Task.CompletedTask;

    private PostgresServer(PostgresOptions options)
    {
        this.options = options;
        account = PostgresAccount.Choose();
        cluster = new PostgresCluster(options, account);
    }

    /// <summary>Process id of the server now running.</summary>
    public int ProcessId => PostmasterFile.Read(cluster.Data)?.ProcessId ?? 0;

    /// <summary>True when the server was found running and not started by us; then it is not stopped by us either.</summary>
    public bool IsAdopted => child is null;

    /// <summary>How often the server had to be started again since <see cref="StartAsync"/>.</summary>
    public int Restarts { get; private set; }

    /// <summary>Connection string for <paramref name="role"/> in <paramref name="database"/>.</summary>
    public string ConnectionString(string database = "postgres", string role = PostgresCluster.Superuser) =>
        new NpgsqlConnectionStringBuilder { Host = cluster.SocketFolder, Username = role, Database = database, Timeout = 15 }.ConnectionString;

    /// <summary>Finds or makes the cluster in the options' folder, starts a server on it or adopts the one that runs, and returns when it answers.</summary>
    /// <exception cref="Refusal"><c>database.binaries_missing</c>, <c>database.setup_failed</c>, <c>database.start_failed</c> with PostgreSQL's last words.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken cancel = default)
    {
        if (OperatingSystem.IsWindows())
            throw new Refusal("database.platform_unsupported", "The embedded PostgreSQL needs Linux or macOS; name a server in RIALTO_DATABASE.", 503);
        var server = new PostgresServer(options);
        server.binaries = await PostgresBinaries.FindAsync(cancel);
        using (await FileLock.TakeAsync(Path.GetFullPath(options.Folder) + ".lock", cancel))
        {
            server.binaries = await server.cluster.PrepareAsync(server.binaries, cancel);
            await server.StartOrAdoptAsync(cancel);
        }
        if (!options.Detached) server.supervision = server.SuperviseAsync();
        return server;
    }

    /// <summary>Stops a server that was left running by <see cref="PostgresOptions.Detached"/>. Harmless when none runs.</summary>
    public async Task StopAsync() => await PgCtlAsync("stop", "-m", "fast", "-w");

    private async Task StartOrAdoptAsync(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (PostmasterFile.Read(cluster.Data) is { } file && file.IsAlive())
        {
            if (file.IsReady && await AnswersAsync(cancel)) return;
            Patience(clock, "The PostgreSQL that already runs does not answer");
            await Task.Delay(Poll, cancel);
        }
        File.Delete(PostmasterFile.PathIn(cluster.Data));
        if (options.Detached) await PgCtlAsync("start", "-w", "-l", Path.Combine(cluster.Folder, "server.log"));
        else child = ServerChild.Start(account.Wrap(binaries["postgres"], "-D", cluster.Data));
        while (!await AnswersAsync(cancel))
        {
            if (child is { HasExited: true })
                throw new Refusal("database.start_failed", $"PostgreSQL ended at its start: {child.ErrorText.Trim()}", 503);
            Patience(clock, $"PostgreSQL does not answer: {child?.ErrorText.Trim()}");
            await Task.Delay(Poll, cancel);
        }
    }

    private async Task SuperviseAsync()
    {
        var pause = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var up = Stopwatch.StartNew();
                await GoneAsync(stopping.Token);
                pause = up.Elapsed > TimeSpan.FromMinutes(1) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(100, pause.TotalMilliseconds * 2));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, stopping.Token);
                if (child is not null) await child.DisposeAsync();
                child = null;
                using (await FileLock.TakeAsync(cluster.Folder + ".lock", stopping.Token)) await StartOrAdoptAsync(stopping.Token);
                Restarts++;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Refusal)
            {
                // Nothing to serve without a database: keep trying, more slowly each time. Readiness says so meanwhile.
            }
        }
    }

    private async Task GoneAsync(CancellationToken cancel)
    {
        if (child is { } own)
        {
            await own.WaitAsync(cancel);
            return;
        }
        while (PostmasterFile.Read(cluster.Data) is { } file && file.IsAlive()) await Task.Delay(TimeSpan.FromMilliseconds(500), cancel);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private void Patience(Stopwatch clock, string words)
    {
        if (clock.Elapsed.TotalSeconds > options.StartTimeoutSeconds)
            throw new Refusal("database.start_failed", $"{words} (waited {options.StartTimeoutSeconds:0} s).", 503);
    }

    private async Task PgCtlAsync(string verb, params string[] arguments)
    {
        var command = account.Wrap(binaries["pg_ctl"], [verb, "-D", cluster.Data, .. arguments]);
        await ChildProcess.RunAsync(new ChildCommand(command[0], [.. command.Skip(1)]) { WorkingDirectory = "/", TimeoutSeconds = options.StartTimeoutSeconds });
    }

    /// <summary>Stops the server as PostgreSQL calls fast: sessions are ended, everything is written, nothing needs recovery. A server left running stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        if (child is not null) await ServerChild.StopAsync(child);
        child = null;
        stopping.Dispose();
    }
}
