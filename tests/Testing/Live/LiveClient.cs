using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Rialto.Testing;

/// <summary>A client of the live feed that speaks SignalR's JSON protocol over a real WebSocket, written out so that a test sees what is on the wire.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket socket = new();
    private readonly Queue<JsonNode> received = new();
    private readonly StringBuilder rest = new();
    private int invocations;

    private LiveClient()
    {
    }

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<LiveClient> ConnectAsync(Uri server, string? token, CancellationToken cancel, string? origin = null, string path = "/live")
    {
        var client = new LiveClient();
        if (token is not null) client.socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        if (origin is not null) client.socket.Options.SetRequestHeader("Origin", origin);
        client.socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await client.socket.ConnectAsync(new Uri($"ws://{server.Authority}{path}"), cancel);
        }
        catch (WebSocketException refused)
        {
            throw new LiveRefusedException((int)client.socket.HttpStatusCode, refused);
        }
        await client.SendAsync(new JsonObject { ["protocol"] = "json", ["version"] = 1 }, cancel);
        await client.ReceiveAsync(cancel);
        return client;
    }

    /// <summary>Begins to follow a topic; frames are read with <see cref="NextAsync"/>. Returns the name of the stream.</summary>
    public async Task<string> FollowAsync(string topic, string? at, CancellationToken cancel)
    {
        var id = $"{++invocations}";
        await SendAsync(new JsonObject { ["type"] = 4, ["invocationId"] = id, ["target"] = "Follow", ["arguments"] = new JsonArray(topic, at) }, cancel);
        return id;
    }

    /// <summary>Stops following.</summary>
    public Task LeaveAsync(string stream, CancellationToken cancel) => SendAsync(new JsonObject { ["type"] = 5, ["invocationId"] = stream }, cancel);

    /// <summary>The next frame of any stream; the code of a refusal or the error of the stream is in its <c>Error</c>.</summary>
    public async Task<LiveAnswer> NextAsync(CancellationToken cancel)
    {
        while (true)
        {
            var message = await ReceiveAsync(cancel);
            switch ((int?)message["type"])
            {
                case 2:
                    var item = message["item"]!;
                    return new LiveAnswer($"{item["kind"]}", $"{item["at"]}", item["data"], (string?)item["refusal"]?["code"], $"{message["invocationId"]}");
                case 3: return new LiveAnswer("end", "", null, (string?)message["error"], $"{message["invocationId"]}");
                case 7: return new LiveAnswer("closed", "", null, (string?)message["error"], "");
            }
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        var decoder = Encoding.UTF8.GetDecoder();
        var letters = new char[buffer.Length];
        while (received.Count == 0)
        {
            var part = await socket.ReceiveAsync(buffer, cancel);
            if (part.MessageType == WebSocketMessageType.Close) return new JsonObject { ["type"] = 7 };
            rest.Append(letters, 0, decoder.GetChars(buffer, 0, part.Count, letters, 0));
            var text = rest.ToString();
            var end = text.LastIndexOf(End);
            if (end < 0) continue;
            foreach (var message in text[..end].Split(End)) received.Enqueue(JsonNode.Parse(message)!);
            rest.Clear().Append(text.AsSpan(end + 1));
        }
        return received.Dequeue();
    }

    private Task SendAsync(JsonNode message, CancellationToken cancel) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString() + End), WebSocketMessageType.Text, endOfMessage: true, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // Cut, as a connection is that breaks.
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>What came over a live connection.</summary>
/// <param name="Kind"><c>begin</c>, <c>message</c>, <c>reload</c>, <c>refused</c>; <c>end</c> of a stream, <c>closed</c> connection.</param>
/// <param name="At">The place after it.</param>
/// <param name="Data">The message.</param>
/// <param name="Error">Why it ended.</param>
/// <param name="Stream">Which stream.</param>
public sealed record LiveAnswer(string Kind, string At, JsonNode? Data, string? Error, string Stream);

/// <summary>The server did not let us in.</summary>
public sealed class LiveRefusedException(int status, Exception inner) : Exception($"refused with {status}", inner)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;
}
