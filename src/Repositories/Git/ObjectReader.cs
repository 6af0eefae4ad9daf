using System.Buffers.Text;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>One object as <c>git cat-file --batch</c> gave it.</summary>
/// <param name="Id">Full object name.</param>
/// <param name="Type"><c>blob</c>, <c>commit</c>, <c>tag</c> or <c>tree</c>.</param>
/// <param name="Content">The object's bytes.</param>
internal readonly record struct GitObject(string Id, string Type, byte[] Content);

/// <summary>One running <c>git cat-file --batch</c>: names in, objects out. Not safe for concurrent use; <see cref="ObjectPool"/> is.</summary>
internal sealed class ObjectReader(string gitDirectory) : IAsyncDisposable
{
    // Names asked for before their answers are read. Far fewer bytes than a pipe holds, so that neither side ever waits for the other.
    private const int MaxAsked = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly RunningChild child = ChildProcess.Start(GitCommand.For(gitDirectory, "cat-file", "--batch") with { TimeoutSeconds = 0 });
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The object, or null when it is absent. Reads are synchronous: the child answers in microseconds.</summary>
    /// <exception cref="EndOfStreamException">The child died, which is how Git reports a damaged object.</exception>
    /// <exception cref="ObjectTooLargeException">It is larger than <paramref name="maxBytes"/>; the reader is of no more use.</exception>
    public GitObject? Read(string name, long maxBytes)
    {
        Ask([name], 0, 1);
        return Answer(maxBytes, skipLarge: false);
    }

    /// <summary>The objects in the order of their names, from <paramref name="answered"/> on, which counts on: after a failure it names the one that failed. Null for what is absent or too large.</summary>
    /// <exception cref="EndOfStreamException">The child died, which is how Git reports a damaged object.</exception>
    public void ReadEach(IReadOnlyList<string> names, long maxBytes, ref int answered, Action<int, GitObject?> act)
    {
        for (var asked = answered; answered < names.Count; answered++)
        {
            if (asked < names.Count && asked - answered <= MaxAsked / 2)
            {
                var until = Math.Min(names.Count, answered + MaxAsked);
                Ask(names, asked, until);
                asked = until;
            }
            act(answered, Answer(maxBytes, skipLarge: true));
        }
    }

    /// <summary>Ends the child, which makes a blocked read fail.</summary>
    public void Kill() => child.Kill();

    /// <summary>Lets the child end by itself; only for one that has given all its answers.</summary>
    public ValueTask FinishAsync() => child.FinishAsync(Patience);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => child.DisposeAsync();

    private void Ask(IReadOnlyList<string> names, int from, int until)
    {
        var lines = new StringBuilder();
        for (var index = from; index < until; index++) lines.Append(names[index]).Append('\n');
        child.Input.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        child.Input.Flush();
    }

    // "<id> <type> <size>", or "<name> missing" and "<name> ambiguous" for what cannot be named.
    private GitObject? Answer(long maxBytes, bool skipLarge)
    {
        var header = ReadLine();
        var type = header.IndexOf((byte)' ') + 1;
        var size = header.LastIndexOf((byte)' ') + 1;
        if (size <= type || !Utf8Parser.TryParse(header[size..], out long sizeBytes, out var digits) || digits != header.Length - size) return null;
        if (sizeBytes > maxBytes && !skipLarge) throw new ObjectTooLargeException(sizeBytes);
        var (id, kind) = (Encoding.ASCII.GetString(header[..(type - 1)]), Kind(header[type..(size - 1)]));
        if (sizeBytes > maxBytes)
        {
            Skip(sizeBytes + 1);
            return null;
        }
        var content = GC.AllocateUninitializedArray<byte>((int)sizeBytes);
        ReadExactly(content);
        Skip(1);
        return new GitObject(id, kind, content);
    }

    private static string Kind(ReadOnlySpan<byte> kind) => kind.SequenceEqual("blob"u8) ? "blob" : kind.SequenceEqual("commit"u8) ? "commit" : Encoding.ASCII.GetString(kind);

    // Good until the next read.
    private ReadOnlySpan<byte> ReadLine()
    {
        while (true)
        {
            var stop = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (stop >= 0)
            {
                var line = buffer.AsSpan(start, stop);
                start += stop + 1;
                return line;
            }
            if (end - start == buffer.Length) throw new EndOfStreamException("git cat-file wrote no line");
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            Fill();
        }
    }

    private void ReadExactly(Span<byte> target)
    {
        var buffered = Math.Min(target.Length, end - start);
        buffer.AsSpan(start, buffered).CopyTo(target);
        start += buffered;
        if (buffered < target.Length) child.Output.ReadExactly(target[buffered..]);
    }

    private void Skip(long bytes)
    {
        while (bytes > 0)
        {
            if (start == end)
            {
                (start, end) = (0, 0);
                Fill();
            }
            var step = (int)Math.Min(bytes, end - start);
            start += step;
            bytes -= step;
        }
    }

    private void Fill()
    {
        var count = child.Output.Read(buffer.AsSpan(end));
        if (count == 0) throw new EndOfStreamException("git cat-file ended");
        end += count;
    }
}

/// <summary>An object larger than the caller wants to hold.</summary>
internal sealed class ObjectTooLargeException(long sizeBytes) : Exception
{
    public long SizeBytes { get; } = sizeBytes;
}
