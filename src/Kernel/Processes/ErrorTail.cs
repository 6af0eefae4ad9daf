using System.Text;

namespace Rialto.Kernel;

/// <summary>Drains a child's standard error so that it never blocks, and keeps only the end.</summary>
internal sealed class ErrorTail
{
    private const int KeptBytes = 64 * 1024;
    private readonly byte[] ring = new byte[KeptBytes];
    private readonly Lock gate = new();
    private long written;

    public ErrorTail(Stream stream) => Completion = DrainAsync(stream);

    /// <summary>Completes when the stream has ended.</summary>
    public Task Completion { get; }

    /// <summary>What is kept, as text.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                if (written <= KeptBytes) return Encoding.UTF8.GetString(ring, 0, (int)written);
                var split = (int)(written % KeptBytes);
                return Encoding.UTF8.GetString([.. ring.AsSpan(split), .. ring.AsSpan(0, split)]);
            }
        }
    }

    private async Task DrainAsync(Stream stream)
    {
        var buffer = new byte[8 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count) Keep(buffer.AsSpan(0, count));
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe went away with the process.
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
            foreach (var value in bytes) ring[(int)(written++ % KeptBytes)] = value;
    }
}
