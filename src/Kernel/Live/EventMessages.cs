using System.Buffers;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>The log of events as topics: <c>events</c> for all, <c>events:publishing</c> for those of a module. A place is a cursor of the log, which no crash resets.</summary>
internal sealed class EventMessages(Database database) : ILiveStore
{
    /// <summary>Name of the kind of topic.</summary>
    public const string Kind = "events";

    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    public string Bell(TenantId tenant, string topic) => EventLog.Topic;

    /// <summary>What following a topic of events needs: the module's own reading permission.</summary>
    public static string Permission(string topic) => topic.Length > Kind.Length ? topic[(Kind.Length + 1)..] + ".read" : "events.read";

    public async Task<string> BeginAsync(TenantId tenant, string topic, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(tenant, cancel);
        await using var command = new NpgsqlCommand($"select {EventLog.Horizon}", session.Connection);
        return new EventCursor((ulong)(await command.ExecuteScalarAsync(cancel))!, 0).ToString();
    }

    public async Task<LiveReading> ReadAsync(TenantId tenant, string topic, string at, CancellationToken cancel)
    {
        if (!TryParse(at, out var cursor)) return LiveReading.Gone;
        await using var session = await database.BeginAsync(tenant, cancel);
        var condition = $"tenant_id = kernel.current_tenant() and transaction < {EventLog.Horizon}";
        IReadOnlyList<RecordedEvent> events;
        // The name of a module has letters and dots only; it was checked with the topic.
        if (topic.Length > Kind.Length) condition += $" and starts_with(name, '{topic[(Kind.Length + 1)..]}.')";
        await using (var command = EventLog.Select(session.Connection, condition, cursor, LiveTopics.MostKept + 1, null)) events = await EventLog.ReadAllAsync(command, cancel);
        if (events.Count > LiveTopics.MostKept) return LiveReading.Gone;
        if (events.Count > 0) return new LiveReading([.. events.Select(happened => new LiveMessage(happened.Cursor.ToString(), Write(happened)))]);
        await using var behind = new NpgsqlCommand($"select exists (select from kernel.events where tenant_id = kernel.current_tenant() and transaction >= {EventLog.Horizon})", session.Connection);
        return (bool)(await behind.ExecuteScalarAsync(cancel))! ? new LiveReading([]) { IsBehind = true } : LiveReading.Nothing;
    }

    private static bool TryParse(string at, out EventCursor cursor)
    {
        try
        {
            cursor = EventCursor.Parse(at);
            return true;
        }
        catch (Refusal)
        {
            cursor = default;
            return false;
        }
    }

    private static string Write(RecordedEvent happened)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("id", happened.Id);
            json.WriteString("name", happened.Name);
            json.WriteString("subject", happened.Subject);
            json.WriteString("actor", happened.Actor);
            json.WriteString("at", happened.At);
            json.WritePropertyName("data");
            json.WriteRawValue(happened.Data);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
