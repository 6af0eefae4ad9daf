using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>Publishes messages to those who watch.</summary>
public static class LiveTopics
{
    /// <summary>Messages of a topic that are kept for those who come back.</summary>
    internal const int MostKept = 500;

    private const int LongestTopic = 200, LongestData = 64 * 1024;

    /// <summary>
    /// Publishes in the session's transaction: the message exists exactly when the session commits, and messages of a topic have the order of the commits.
    /// The topic's row is held until then, so publish last. The kind of the topic is a <see cref="LiveTopicKind"/>.
    /// </summary>
    /// <param name="session">Whose watchers.</param>
    /// <param name="topic">Kind and name: <c>build:0197…</c>; at most 200 characters.</param>
    /// <param name="data">The message; no secrets. At most 64 K characters of JSON.</param>
    /// <param name="json">How it is written; source-generated.</param>
    /// <param name="cancel">Cancels the writing.</param>
    public static async Task PublishAsync<T>(this TenantSession session, string topic, T data, JsonTypeInfo<T> json, CancellationToken cancel = default)
    {
        var text = JsonSerializer.Serialize(data, json);
        if (topic.Length > LongestTopic || text.Length > LongestData) throw new ArgumentException($"A live message of {text.Length} characters to {topic} is too large.", nameof(data));
        await using var command = new NpgsqlCommand(
            $"""
            with place as (
              insert into kernel.live_topics (topic) values ($1)
              on conflict (tenant_id, topic) do update set last = live_topics.last + 1, at = now() returning tenant_id, last),
            forgotten as (
              delete from kernel.live_messages old using place where old.tenant_id = place.tenant_id and old.topic = $1 and old.number <= place.last - {MostKept})
            insert into kernel.live_messages (topic, number, data) select $1, last, $2 from place
            """, session.Connection);
        command.Parameters.AddWithValue(topic);
        command.Parameters.AddWithValue(text);
        await command.ExecuteNonQueryAsync(cancel);
        var (bell, ring) = (session.Bell, BellOf(session.Tenant, topic));
        session.AfterCommit(() => bell.Ring(ring));
    }

    internal static string BellOf(TenantId tenant, string topic) => $"live {tenant} {topic}";
}
