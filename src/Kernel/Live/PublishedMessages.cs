using System.Globalization;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>Topics that modules publish to. A place is the topic's epoch and the number of its last message.</summary>
internal sealed class PublishedMessages(Database database) : ILiveStore
{
    // Before the first message of a topic that nobody has published to.
    private const string Nowhere = "-";

    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    public string Bell(TenantId tenant, string topic) => LiveTopics.BellOf(tenant, topic);

    public async Task<string> BeginAsync(TenantId tenant, string topic, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(tenant, cancel);
        return await PlaceAsync(session, topic, cancel);
    }

    /// <summary>Where the topic stands as <paramref name="session"/> sees it.</summary>
    public static async Task<string> PlaceAsync(TenantSession session, string topic, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select epoch, last from kernel.live_topics where tenant_id = kernel.current_tenant() and topic = $1", session.Connection);
        command.Parameters.AddWithValue(topic);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Write(row.GetGuid(0), row.GetInt64(1)) : Nowhere;
    }

    public async Task<LiveReading> ReadAsync(TenantId tenant, string topic, string at, CancellationToken cancel)
    {
        if (Parse(at) is not var (epoch, number)) return LiveReading.Gone;
        await using var session = await database.BeginAsync(tenant, cancel);
        await using var command = new NpgsqlCommand(
            """
            select t.epoch, t.last, m.number, m.data from kernel.live_topics t
            left join kernel.live_messages m on m.tenant_id = t.tenant_id and m.topic = t.topic and m.number > $2
            where t.tenant_id = kernel.current_tenant() and t.topic = $1 order by m.number
            """, session.Connection);
        command.Parameters.AddWithValue(topic);
        command.Parameters.AddWithValue(number);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return at == Nowhere ? LiveReading.Nothing : LiveReading.Gone;
        var (now, last) = (row.GetGuid(0), row.GetInt64(1));
        if (at != Nowhere && (now != epoch || last < number)) return LiveReading.Gone;
        var messages = new List<LiveMessage>();
        if (row.IsDBNull(2)) return last == number ? LiveReading.Nothing : LiveReading.Gone;
        if (row.GetInt64(2) != number + 1) return LiveReading.Gone;
        do messages.Add(new LiveMessage(Write(now, row.GetInt64(2)), row.GetString(3)));
        while (await row.ReadAsync(cancel));
        return new LiveReading(messages);
    }

    private static string Write(Guid epoch, long number) => string.Create(CultureInfo.InvariantCulture, $"{epoch:N}-{number}");

    private static (Guid Epoch, long Number)? Parse(string at)
    {
        if (at == Nowhere) return (Guid.Empty, 0);
        return at.Split('-') is [var epoch, var number] && Guid.TryParseExact(epoch, "N", out var parsed) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? (parsed, place) : null;
    }
}
