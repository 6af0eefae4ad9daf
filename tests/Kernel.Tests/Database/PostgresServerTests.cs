using System.Diagnostics;
using Dapper;
using Npgsql;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class PostgresServerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-pg-").FullName;

    public PostgresServerTests()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
    }

    private PostgresOptions Options => new(Path.Combine(folder, "postgres")) { Durable = false };

    [Fact]
    public async Task It_starts_answers_keeps_what_was_written_and_stops()
    {
        var cancel = TestContext.Current.CancellationToken;
        int process;
        await using (var server = await PostgresServer.StartAsync(Options, cancel))
        {
            process = server.ProcessId;
            server.IsAdopted.ShouldBeFalse();
            await Run(server, "create table kept (word text); insert into kept values ('here')");
            (await Ask<string>(server, "show listen_addresses")).ShouldBe("");
            (await Ask<int>(server, "select current_setting('server_version_num')::int")).ShouldBeGreaterThanOrEqualTo(180000);
        }
        IsPostgres(process).ShouldBeFalse();
        await using var again = await PostgresServer.StartAsync(Options, cancel);
        (await Ask<string>(again, "select word from kept")).ShouldBe("here");
    }

    [Fact]
    public async Task It_never_runs_as_root()
    {
        await using var server = await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken);
        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", TestContext.Current.CancellationToken);
        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1].ShouldNotBe("0");
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_everything_committed()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await PostgresServer.StartAsync(Options with { Durable = true }, cancel);
        await Run(server, "create table kept (word text); insert into kept values ('here')");
        var before = server.ProcessId;
        Process.GetProcessById(before).Kill();
        await Eventually(() => server.Restarts == 1);
        server.ProcessId.ShouldNotBe(before);
        (await Ask<string>(server, "select word from kept")).ShouldBe("here");
    }

    [Fact]
    public async Task A_server_that_runs_already_is_adopted_and_not_stopped()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var first = await PostgresServer.StartAsync(Options, cancel);
        await using (var second = await PostgresServer.StartAsync(Options, cancel))
        {
            second.IsAdopted.ShouldBeTrue();
            second.ProcessId.ShouldBe(first.ProcessId);
        }
        (await Ask<int>(first, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_pid_file_left_by_a_crash_that_names_another_program_does_not_stop_the_start()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using (await PostgresServer.StartAsync(Options, cancel)) { }
        var cluster = Path.Combine(Options.Folder, "cluster");
        await File.WriteAllTextAsync(PostmasterFile.PathIn(cluster), $"{Environment.ProcessId}\n{cluster}\n1700000000\n5432\n{folder}\n\n1 2\nready   \n", cancel);
        await using var server = await PostgresServer.StartAsync(Options, cancel);
        (await Ask<int>(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task It_dies_with_its_parent_even_when_that_is_killed()
    {
        var cancel = TestContext.Current.CancellationToken;
        int process;
        await using (await PostgresServer.StartAsync(Options, cancel)) { }
        var binaries = await PostgresBinaries.FindAsync(cancel);
        var command = PostgresAccount.Choose().Wrap(binaries["postgres"], "-D", Path.Combine(Options.Folder, "cluster"));
        // The closing of the pipe is all the server's keeper learns of our death, however we died.
        await using var child = ServerChild.Start(command);
        await Eventually(() => PostmasterFile.Read(Path.Combine(Options.Folder, "cluster")) is { IsReady: true });
        process = PostmasterFile.Read(Path.Combine(Options.Folder, "cluster"))!.ProcessId;
        await child.Input.DisposeAsync();
        await Eventually(() => !IsPostgres(process));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task Run(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    private static async Task<T> Ask<T>(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private static bool IsPostgres(int process) => new PostmasterFile(process, 0, "", false).IsAlive();

    private static async Task Eventually(Func<bool> happened)
    {
        while (!happened()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
