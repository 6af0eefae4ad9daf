using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;

namespace Rialto.Kernel;

/// <summary>
/// The one way Rialto runs another program: arguments as a list, an environment that starts empty, bounded output,
/// a time limit, and the whole process tree killed when the time is over, the output too large or the caller cancels.
/// </summary>
public static class ChildProcess
{
    /// <summary>Runs <paramref name="command"/> to its end, feeding it <paramref name="input"/>, and collects what it wrote.</summary>
    /// <exception cref="Refusal"><c>process.missing</c>, <c>process.timeout</c>, <c>process.output_too_large</c>. A non-zero exit is not an exception.</exception>
    public static async Task<ChildResult> RunAsync(ChildCommand command, ReadOnlyMemory<byte> input = default, CancellationToken cancel = default)
    {
        using var collected = new MemoryStream();
        var (exitCode, errorText) = await RunAsync(command, input, (output, token) => Collect(command, output, collected, token), cancel);
        return new ChildResult(command, exitCode, collected.GetBuffer().AsMemory(0, (int)collected.Length), errorText);
    }

    /// <summary>
    /// Runs <paramref name="command"/> to its end while <paramref name="read"/> consumes its standard output as it comes.
    /// What <paramref name="read"/> throws ends the child and is thrown on.
    /// </summary>
    public static async Task<(int ExitCode, string ErrorText)> RunAsync(
        ChildCommand command, ReadOnlyMemory<byte> input, Func<Stream, CancellationToken, Task> read, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (command.TimeoutSeconds > 0) limit.CancelAfter(TimeSpan.FromSeconds(command.TimeoutSeconds));
        await using var child = Start(command);
        try
        {
            var feeding = Feed(child, input, limit.Token);
            await read(child.Output, limit.Token);
            await feeding;
            return (await child.WaitAsync(limit.Token), child.ErrorText);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new Refusal("process.timeout", $"{command.Program} took longer than {command.TimeoutSeconds:0.#} seconds and was stopped.", 503)
            {
                Details = new Dictionary<string, string> { ["command"] = command.ToString() },
            };
        }
    }

    /// <summary>Starts <paramref name="command"/> and leaves it running, for children that are talked to. Dispose it: that ends its whole tree.</summary>
    /// <exception cref="Refusal"><c>process.missing</c> when the program is not there.</exception>
    public static RunningChild Start(ChildCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        if (command.WorkingDirectory is { } folder)
        {
            if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{command.Program} cannot start in {folder}: the folder does not exist.");
            start.WorkingDirectory = folder;
        }
        ChildEnvironment.Apply(start, command.Environment);
        try
        {
            return new RunningChild(command, Process.Start(start)!);
        }
        catch (Win32Exception missing)
        {
            var hint = command.InstallHint is { } install ? $"; install it: {install}" : "; install it and put it on PATH";
            throw new Refusal("process.missing", $"{command.Program} cannot be started{hint} ({missing.Message}).", 503);
        }
    }

    private static async Task Feed(RunningChild child, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        try
        {
            await child.Input.WriteAsync(input, cancel);
            await child.Input.DisposeAsync();
        }
        catch (IOException)
        {
            // The child stopped reading; its exit code and words tell why.
        }
    }

    private static async Task Collect(ChildCommand command, Stream output, MemoryStream collected, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await output.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (collected.Length + count > command.MaxOutputBytes)
                    throw new Refusal("process.output_too_large", $"{command.Program} wrote more than {command.MaxOutputBytes} bytes and was stopped.", 413);
                collected.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
