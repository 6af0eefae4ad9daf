using System.Buffers.Text;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>One object as <c>git cat-file --batch</c> gave it.</summary>
/// <param name="Id">Full object name.</param>
/// <param name="Type"><c>blob</c>, <c>commit</c>, <c>tag</c> or <c>tree</c>.</param>
/// <param name="Content">The object's bytes.</param>
internal readonly record struct GitObject(string Id, string Type, byte[] Content);

/// <summary>One running <c>git cat-file --batch</c>: a name in, an object out. Not safe for concurrent use; <see cref="ObjectPool"/> is.</summary>
internal sealed class ObjectReader(string gitDirectory) : IAsyncDisposable
{
    private readonly RunningChild child = ChildProcess.Start(GitCommand.For(gitDirectory, "cat-file", "--batch") with { TimeoutSeconds = 0 });
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The object, or null when it is absent. Reads are synchronous: the child answers in microseconds.</summary>
    /// <exception cref="EndOfStreamException">The child died, which is how Git reports a damaged object.</exception>
    public GitObject? Read(string name, long maxBytes)
    {
        var line = Encoding.UTF8.GetBytes(name + "\n");
        child.Input.Write(line);
        child.Input.Flush();
        // "<id> <type> <size>", or "<name> missing" and "<name> ambiguous" for what cannot be named.
        var header = ReadLine();
        var words = header.Split(' ');
        if (words.Length != 3 || !Utf8Parser.TryParse(Encoding.ASCII.GetBytes(words[2]), out long size, out _)) return null;
        if (size > maxBytes) throw new ObjectTooLargeException(size);
        var content = GC.AllocateUninitializedArray<byte>((int)size);
        ReadExactly(content);
        ReadExactly(stackalloc byte[1]);
        return new GitObject(words[0], words[1], content);
    }

    /// <summary>Ends the child, which makes a blocked read fail.</summary>
    public void Kill() => child.Kill();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => child.DisposeAsync();

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end) Fill();
            var available = buffer.AsSpan(start, end - start);
            var stop = available.IndexOf((byte)'\n');
            line.Append(Encoding.ASCII.GetString(stop < 0 ? available : available[..stop]));
            start += stop < 0 ? available.Length : stop + 1;
            if (stop >= 0) return line.ToString();
        }
    }

    private void ReadExactly(scoped Span<byte> target)
    {
        var buffered = Math.Min(target.Length, end - start);
        buffer.AsSpan(start, buffered).CopyTo(target);
        start += buffered;
        if (buffered < target.Length) child.Output.ReadExactly(target[buffered..]);
    }

    private void Fill()
    {
        (start, end) = (0, child.Output.Read(buffer));
        if (end == 0) throw new EndOfStreamException("git cat-file ended");
    }
}

/// <summary>An object larger than the caller wants to hold.</summary>
internal sealed class ObjectTooLargeException(long sizeBytes) : Exception
{
    public long SizeBytes { get; } = sizeBytes;
}
