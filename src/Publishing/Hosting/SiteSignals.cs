using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Tells every node that what a site shows has changed, with the commit that changed it. Switches are rare, so NOTIFY may be part of
/// their transactions.
/// </summary>
internal sealed class SiteSignals(Database database) : IAsyncDisposable
{
    private const string Channel = "rialto_sites";
    private readonly ConcurrentDictionary<string, long> turns = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task? listening;
    private long everything;
    private volatile bool heard;

    /// <summary>True while changes on other nodes are heard at once.</summary>
    public bool AreHeard => heard;

    /// <summary>A number that grows whenever the site may have changed.</summary>
    public long Turn(string site) => Interlocked.Read(ref everything) + (turns.TryGetValue(site, out var turn) ? turn : 0);

    /// <summary>Tells of the change with the commit of <paramref name="session"/>.</summary>
    public async Task ChangedAsync(TenantSession session, string site)
    {
        await session.Connection.ExecuteAsync("select pg_notify(@Channel, @site)", new { Channel, site });
        session.AfterCommit(() => Hear(site));
    }

    /// <summary>Begins to listen, the first time.</summary>
    public void Listen()
    {
        if (listening is not null) return;
        lock (gate) listening ??= Task.Run(ListenAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await (listening ?? Task.CompletedTask);
        stopping.Dispose();
    }

    private void Hear(string site) => turns.AddOrUpdate(site, 1, (_, turn) => turn + 1);

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(database.Address.App + ";Pooling=false;Keepalive=30");
                connection.Notification += (_, notification) => Hear(notification.Payload);
                await connection.OpenAsync(stopping.Token);
                await using (var command = new NpgsqlCommand($"listen {Channel}", connection)) await command.ExecuteNonQueryAsync(stopping.Token);
                // Whatever changed while nobody listened.
                Interlocked.Increment(ref everything);
                heard = true;
                while (true) await connection.WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or System.Net.Sockets.SocketException or IOException)
            {
                heard = false;
                await Task.Delay(TimeSpan.FromSeconds(1), stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
