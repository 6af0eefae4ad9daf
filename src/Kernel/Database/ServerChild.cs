namespace Rialto.Kernel;

/// <summary>
/// Runs a server so that it never outlives us: a small shell holds the read end of our pipe, and when that closes, because we
/// stopped or were killed, it sends the server the signal for a fast shutdown.
/// </summary>
internal static class ServerChild
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private const string Watch = """
        exec 3<&0
        "$@" </dev/null >&2 3<&- &
        server=$!
        { read -r word <&3; kill -INT $server; } </dev/null >/dev/null 2>&1 &
        watcher=$!
        trap 'kill -INT $server' INT TERM HUP
        wait $server; code=$?
        while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
        kill $watcher 2>/dev/null
        exit $code
        """;

    public static RunningChild Start(IReadOnlyList<string> command)
    {
        string[] shell = ["sh", "-c", Watch, "rialto-postgres", .. command];
        // A session of its own keeps the terminal's Ctrl-C from stopping the database before the work that needs it has ended.
        if (OperatingSystem.IsLinux()) shell = ["setsid", .. shell];
        return ChildProcess.Start(new ChildCommand(shell[0], shell[1..]) { WorkingDirectory = "/", TimeoutSeconds = 0 });
    }

    public static async Task StopAsync(RunningChild child)
    {
        await child.Input.DisposeAsync();
        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            await child.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It did not stop in time; disposing kills it, and the next start recovers from the log.
        }
        await child.DisposeAsync();
    }
}
