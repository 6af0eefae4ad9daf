using System.Diagnostics;

namespace Rialto.Kernel;

/// <summary>A child that is running. Disposing it kills it with all its descendants and waits until it is gone.</summary>
public sealed class RunningChild : IAsyncDisposable
{
    private static readonly TimeSpan TailPatience = TimeSpan.FromSeconds(2);
    private readonly ChildCommand command;
    private readonly Process process;
    private readonly ErrorTail errors;

    internal RunningChild(ChildCommand command, Process process)
    {
        (this.command, this.process) = (command, process);
        errors = new ErrorTail(process.StandardError.BaseStream);
    }

    /// <summary>Process id.</summary>
    public int Id => process.Id;

    /// <summary>Where the child reads; dispose it to say that no more comes.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>What the child writes, as it comes. Read it, or the child stops when the pipe is full.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>True once the child has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>The last 64 KiB of standard error so far, with credentials removed.</summary>
    public string ErrorText => Redaction.Clean(errors.Text, command.Secrets);

    /// <summary>Completes with the exit code. Cancelling stops the waiting, not the child.</summary>
    public async Task<int> WaitAsync(CancellationToken cancel = default)
    {
        await process.WaitForExitAsync(cancel);
        // A grandchild that inherited standard error may keep it open for ever; what the child itself said is already there.
        await Task.WhenAny(errors.Completion, Task.Delay(TailPatience, cancel));
        return process.ExitCode;
    }

    /// <summary>Kills the child and its descendants; harmless when it has ended.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended between the question and the signal.
        }
    }

    /// <summary>
    /// For a child that ends when its input does: closes the input, waits, and disposes. Far cheaper than killing, which looks through all
    /// processes of the machine for descendants; one that does not end within <paramref name="patience"/> is killed all the same.
    /// </summary>
    public async ValueTask FinishAsync(TimeSpan patience)
    {
        try
        {
            await Input.DisposeAsync();
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (Exception late) when (late is TimeoutException or IOException)
        {
            // Disposing does the rest.
        }
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}
