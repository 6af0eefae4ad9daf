using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// Gathers the transfers of many callers into few transactions. While one round is being written the next one fills, so rounds are as large
/// as the load is high and a single caller waits for nobody. Writers have connections of their own: callers who hold one cannot starve them.
/// </summary>
internal sealed partial class GroupCommit(Database database, ILogger<GroupCommit> log) : IAsyncDisposable
{
    private const int MostWriters = 4, MostWritersOfTenant = 2, MostTransfersInRound = 2_000, MostTries = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<TenantId, Line> lines = new();
    private readonly SemaphoreSlim writers = new(MostWriters);
    private readonly Lazy<DatabaseLane> lane = new(() => database.OpenLane(MostWriters));

    /// <summary>Enters the chain and returns its transfers once they are on disk.</summary>
    /// <exception cref="Refusal">The chain's own, or <c>ledger.busy</c>.</exception>
    public Task<IReadOnlyList<Transfer>> SubmitAsync(TenantId tenant, Chain chain, CancellationToken cancel)
    {
        var waiting = new Waiting(chain);
        var line = lines.GetOrAdd(tenant, _ => new Line());
        line.Queue.Enqueue(waiting);
        StartWriter(tenant, line);
        return waiting.Done.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (lane.IsValueCreated) await lane.Value.DisposeAsync();
        writers.Dispose();
    }

    private void StartWriter(TenantId tenant, Line line)
    {
        if (!line.TryEnter(MostWritersOfTenant)) return;
        _ = Task.Run(() => WriteAsync(tenant, line));
    }

    private async Task WriteAsync(TenantId tenant, Line line)
    {
        while (true)
        {
            await writers.WaitAsync();
            try
            {
                if (line.Take(MostTransfersInRound) is { Count: > 0 } round) await WriteRoundAsync(tenant, round);
            }
            finally
            {
                writers.Release();
            }
            if (!line.Queue.IsEmpty) continue;
            line.Leave();
            // Somebody may have come between the look and the leaving, and found the line full of writers.
            if (line.Queue.IsEmpty || !line.TryEnter(MostWritersOfTenant)) return;
        }
    }

    private async Task WriteRoundAsync(TenantId tenant, IReadOnlyList<Waiting> round)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EnterAsync(tenant, [.. round.Select(waiting => waiting.Chain)]);
                foreach (var waiting in round) waiting.Tell();
                return;
            }
            catch (Exception failure) when (IsPassing(failure) && attempt < MostTries)
            {
                // The keys make it safe to do again even when the connection broke while committing.
                await Task.Delay(Pause * attempt * (0.5 + Random.Shared.NextDouble()));
            }
            catch (Exception failure)
            {
                await GiveUpAsync(tenant, round, failure);
                return;
            }
        }
    }

    // One that the database cannot take must not take the others with it: each is tried alone.
    private async Task GiveUpAsync(TenantId tenant, IReadOnlyList<Waiting> round, Exception failure)
    {
        if (round.Count > 1 && !IsPassing(failure))
        {
            foreach (var waiting in round) await WriteRoundAsync(tenant, [waiting]);
            return;
        }
        RoundFailed(log, failure, round.Count);
        foreach (var waiting in round) waiting.Done.TrySetException(IsPassing(failure) ? Collisions.Busy() : failure);
    }

    private async Task EnterAsync(TenantId tenant, IReadOnlyList<Chain> chains)
    {
        await using var session = await lane.Value.BeginAsync(tenant);
        var (codes, keys) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var transfer in chains.SelectMany(chain => chain.Transfers))
        {
            keys.Add(transfer.Key);
            foreach (var leg in transfer.Legs) codes.Add(leg.Account);
        }
        var books = await BooksReading.OpenAsync(session, codes, keys, first: null, CancellationToken.None);
        foreach (var chain in chains) books.Apply(chain);
        await BooksWriting.WriteAsync(session, books, keepRefusals: true, last: null, CancellationToken.None);
        await session.CommitAsync();
    }

    private static bool IsPassing(Exception failure) => failure switch
    {
        PostgresException told => Collisions.Are(told) || told.IsTransient,
        NpgsqlException or Refusal { Status: 503 } => true,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of {Chains} submissions could not be written")]
    private static partial void RoundFailed(ILogger logger, Exception failure, int chains);

    /// <summary>A caller who waits.</summary>
    private sealed class Waiting(Chain chain)
    {
        public Chain Chain => chain;

        public TaskCompletionSource<IReadOnlyList<Transfer>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Tell()
        {
            if (chain.Answer is { } answer) Done.TrySetResult(answer);
            else Done.TrySetException(chain.Refused!);
        }
    }

    /// <summary>Those who wait of one tenant.</summary>
    private sealed class Line
    {
        private int active;

        public ConcurrentQueue<Waiting> Queue { get; } = new();

        public bool TryEnter(int most)
        {
            while (Volatile.Read(ref active) is var seen && seen < most)
                if (Interlocked.CompareExchange(ref active, seen + 1, seen) == seen) return true;
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref active);

        public IReadOnlyList<Waiting> Take(int mostTransfers)
        {
            var taken = new List<Waiting>();
            var transfers = 0;
            while (transfers < mostTransfers && Queue.TryDequeue(out var waiting))
            {
                taken.Add(waiting);
                transfers += waiting.Chain.Transfers.Count;
            }
            return taken;
        }
    }
}
