using Dapper;

namespace Rialto.Kernel;

/// <summary>Sends readers back, and gives parked events another chance.</summary>
public static class EventReplay
{
    /// <summary>Lets <paramref name="reader"/> read again everything from <paramref name="since"/> on. Its receipts were forgotten as it went, so it acts again.</summary>
    public static async Task RewindAsync(Database database, string reader, DateTimeOffset since, CancellationToken cancel = default)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        // The smallest transaction at or after the time; (transaction, 0) lies before its first event.
        await connection.ExecuteAsync(
            """
            insert into kernel.event_cursors (reader) values (@reader) on conflict do nothing;
            update kernel.event_cursors set position = 0, attempts = 0, retry_at = '-infinity', error = null,
              transaction = coalesce((select transaction from kernel.events where at >= @since order by transaction limit 1), transaction)
            where reader = @reader
            """, new { reader, since });
        database.Bell.Ring(EventLog.Topic);
    }

    /// <summary>Hands the tenant's parked events of <paramref name="reader"/> to it once more, outside the order of the log. Returns how many went well; the others stay parked.</summary>
    public static async Task<int> RetryParkedAsync(Database database, TenantId tenant, IEventReader reader, CancellationToken cancel = default)
    {
        IReadOnlyList<RecordedEvent> parked;
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            await using var command = EventLog.Select(session.Connection,
                "id in (select event_id from kernel.event_parked p where p.reader = $5)", EventCursor.Start, 1000, reader.Kinds ?? []);
            if (reader.Kinds is null) command.CommandText = command.CommandText.Replace("and name = any ($4)", "and ($4::text[] is not null)", StringComparison.Ordinal);
            command.Parameters.AddWithValue(reader.Name);
            parked = await EventLog.ReadAllAsync(command, cancel);
        }
        var handled = 0;
        foreach (var happened in parked)
        {
            await using var session = await database.BeginAsync(tenant, cancel);
            await session.Connection.ExecuteAsync("delete from kernel.event_parked where reader = @Name and event_id = @Id", new { reader.Name, happened.Id });
            try
            {
                await reader.HandleAsync(happened, session, cancel);
                await session.CommitAsync(cancel);
                handled++;
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // It stays parked: its removal is taken back with the session.
            }
        }
        return handled;
    }
}
