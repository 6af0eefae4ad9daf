using System.Collections.Concurrent;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// Wakes waiters, here at once and on other nodes through NOTIFY within <see cref="Pause"/>. A ring may be lost with its node,
/// so every waiter also looks by itself from time to time.
/// NOTIFY serialises the commits of all transactions that use it; that is why it is not sent inside the transactions of the
/// work itself but afterwards, gathered, on a connection of its own.
/// </summary>
internal sealed class Bell(string connectionString) : IAsyncDisposable
{
    private const string Channel = "rialto";

    // NOTIFY takes up to 8000 bytes.
    private const int LongestMessageBytes = 7500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Waiters> topics = new();
    private readonly ConcurrentDictionary<string, bool> outgoing = new();
    private readonly SemaphoreSlim work = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly string self = Guid.NewGuid().ToString("N");
    private readonly Lock gate = new();
    private Task? sending, listening;

    /// <summary>How often <paramref name="topic"/> rang; take it before looking, to miss nothing in between.</summary>
    public long Count(string topic) => Topic(topic).Count;

    /// <summary>Rings <paramref name="topic"/>, here and elsewhere.</summary>
    public void Ring(string topic)
    {
        // A topic nobody has ever waited for here has nobody to wake, and need not be remembered.
        if (topics.TryGetValue(topic, out var waiters)) waiters.Ring();
        if (topic.Length > LongestMessageBytes) throw new ArgumentException("too long for a ring", nameof(topic));
        if (!outgoing.TryAdd(topic, true)) return;
        lock (gate) sending ??= Task.Run(SendAsync);
        try
        {
            work.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    /// <summary>Returns when <paramref name="topic"/> rang more often than <paramref name="seen"/>, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(string topic, long seen, TimeSpan longest, CancellationToken cancel)
    {
        lock (gate) listening ??= Task.Run(ListenAsync);
        try
        {
            await Topic(topic).BeyondAsync(seen).WaitAsync(longest, cancel);
        }
        catch (TimeoutException)
        {
            // Time to look without having been called.
        }
    }

    /// <summary>Forgets a topic that nobody here waits for any more, of those that come and go. Who still waits is woken.</summary>
    public void Drop(string topic)
    {
        if (IsLasting(topic) || !topics.TryRemove(topic, out var waiters)) return;
        waiters.Ring();
    }

    private static bool IsLasting(string topic) => topic == EventLog.Topic;

    private Waiters Topic(string topic) => topics.GetOrAdd(topic, _ => new Waiters());

    private async Task SendAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work.WaitAsync(stopping.Token);
                var messages = outgoing.Keys.ToArray();
                foreach (var message in messages) outgoing.TryRemove(message, out _);
                await using (var connection = new NpgsqlConnection(connectionString))
                {
                    await connection.OpenAsync(stopping.Token);
                    await using var command = new NpgsqlCommand("select pg_notify($1, message) from unnest($2) as message", connection);
                    command.Parameters.AddWithValue(Channel);
                    command.Parameters.AddWithValue(messages.Select(message => $"{self} {message}").ToArray());
                    await command.ExecuteNonQueryAsync(stopping.Token);
                }
                await Task.Delay(Pause, stopping.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or NpgsqlException)
            {
                // The others look by themselves; nothing is lost but a moment.
            }
        }
    }

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Keepalive=30");
                connection.Notification += (_, notification) => Hear(notification.Payload);
                await connection.OpenAsync(stopping.Token);
                await using (var command = new NpgsqlCommand($"listen {Channel}", connection)) await command.ExecuteNonQueryAsync(stopping.Token);
                foreach (var topic in topics.Values) topic.Ring();
                while (true) await connection.WaitAsync(stopping.Token);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Patience, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Hear(string payload)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || payload.AsSpan(0, space).SequenceEqual(self)) return;
        if (topics.TryGetValue(payload[(space + 1)..], out var waiters)) waiters.Ring();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(sending ?? Task.CompletedTask, listening ?? Task.CompletedTask);
        stopping.Dispose();
    }

    private sealed class Waiters
    {
        private readonly Lock gate = new();
        private TaskCompletionSource next = New();
        private long count;

        public long Count => Interlocked.Read(ref count);

        public void Ring()
        {
            TaskCompletionSource waiting;
            lock (gate)
            {
                count++;
                (waiting, next) = (next, New());
            }
            waiting.SetResult();
        }

        public Task BeyondAsync(long seen)
        {
            lock (gate) return count > seen ? Task.CompletedTask : next.Task;
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
