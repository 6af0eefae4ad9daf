using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>
/// A running Pagefind that is handed pages one by one and gives the finished index back: no page is written to disk for it. Both sides
/// write JSON in Base64, each message ended by a comma (the protocol of Pagefind's own packages, <c>--service</c>).
/// </summary>
internal sealed class PagefindSession : IAsyncDisposable
{
    private readonly RunningChild process;
    private readonly Task<List<(string Path, byte[] Content)>> files;
    private readonly TaskCompletionSource<int> index = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ArrayBufferWriter<byte> message = new(64 * 1024);
    private byte[] encoded = [];
    private int lastMessage;

    public PagefindSession(PagefindProgram pagefind, CancellationToken cancel)
    {
        process = ChildProcess.Start(new ChildCommand(pagefind.Program, ["--service"]) { TimeoutSeconds = 0 });
        files = Task.Run(() => ListenAsync(cancel), cancel);
    }

    /// <summary>Adds one page as HTML.</summary>
    public async Task AddAsync(string url, string html, CancellationToken cancel)
    {
        if (lastMessage == 0) await SendAsync("NewIndex", json => json.WriteStartObject("config"), cancel);
        var id = await OrListenerAsync(index.Task);
        await SendAsync("AddFile", json =>
        {
            json.WriteNumber("index_id", id);
            json.WriteString("url", url);
            json.WriteString("file_contents", html);
        }, cancel);
    }

    /// <summary>Makes the index of all that was added and returns its files.</summary>
    public async Task<IReadOnlyList<(string Path, byte[] Content)>> FinishAsync(CancellationToken cancel)
    {
        var id = await OrListenerAsync(index.Task);
        await SendAsync("GetFiles", json => json.WriteNumber("index_id", id), cancel);
        return await files;
    }

    private async Task<T> OrListenerAsync<T>(Task<T> wanted)
    {
        // Should the program end or refuse, the listener says why; nobody waits for an answer that cannot come.
        if (await Task.WhenAny(wanted, files) == files) await files;
        return await wanted;
    }

    private async Task SendAsync(string type, Action<Utf8JsonWriter> body, CancellationToken cancel)
    {
        message.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(message))
        {
            json.WriteStartObject();
            json.WriteNumber("message_id", ++lastMessage);
            json.WriteStartObject("payload");
            json.WriteString("type", type);
            body(json);
            while (json.CurrentDepth > 0) json.WriteEndObject();
        }
        var length = Base64.GetMaxEncodedToUtf8Length(message.WrittenCount) + 1;
        if (encoded.Length < length) encoded = new byte[length * 2];
        Base64.EncodeToUtf8(message.WrittenSpan, encoded, out _, out var written);
        encoded[written] = (byte)',';
        try
        {
            await process.Input.WriteAsync(encoded.AsMemory(0, written + 1), cancel);
            await process.Input.FlushAsync(cancel);
        }
        catch (IOException)
        {
            await files;
            throw;
        }
    }

    /// <summary>Reads answers until the one with the files.</summary>
    private async Task<List<(string Path, byte[] Content)>> ListenAsync(CancellationToken cancel)
    {
        var held = new byte[256 * 1024];
        var count = 0;
        while (true)
        {
            if (count == held.Length) Array.Resize(ref held, held.Length * 2);
            var read = await process.Output.ReadAsync(held.AsMemory(count), cancel);
            if (read == 0) throw new Refusal("search.failed", "Pagefind could not index the site.") { Details = new Dictionary<string, string> { ["output"] = process.ErrorText } };
            var from = 0;
            var searched = count;
            count += read;
            while (held.AsSpan(searched, count - searched).IndexOf((byte)',') is >= 0 and var comma)
            {
                Base64.DecodeFromUtf8InPlace(held.AsSpan(from, searched + comma - from), out var bytes);
                if (Understand(held.AsMemory(from, bytes)) is { } found) return found;
                searched = from = searched + comma + 1;
            }
            held.AsSpan(from, count - from).CopyTo(held);
            count -= from;
        }
    }

    private List<(string Path, byte[] Content)>? Understand(ReadOnlyMemory<byte> answer)
    {
        using var parsed = JsonDocument.Parse(answer);
        var payload = parsed.RootElement.GetProperty("payload");
        switch (payload.GetProperty("type").GetString())
        {
            case "NewIndex":
                index.TrySetResult(payload.GetProperty("index_id").GetInt32());
                return null;
            case "GetFiles":
                return [.. payload.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("path").GetString()!, file.GetProperty("content").GetBytesFromBase64()))];
            case "Error":
                throw new Refusal("search.failed", "Pagefind could not index the site.") { Details = new Dictionary<string, string> { ["output"] = payload.GetProperty("message").ToString() } };
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        // Whatever the listener still had to say is about a process that was told to stop.
        await files.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
