using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// Folds committed rows into their tenants' trees and signs what the trees have become, as the logs of Certificate Transparency do: writers
/// pay for one insert, and one node at a time does the rest for everybody.
/// </summary>
public sealed partial class AuditSequencer
{
    private const int MostAtOnce = 4000, MostSignaturesAtOnce = 200;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5), Gather = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(1);
    private readonly Database database;
    private readonly AuditKeys? keys;
    private readonly CheckpointFiles? files;
    private readonly ILogger logger;
    private readonly TimeProvider clock;

    internal AuditSequencer(Database database, AuditKeys? keys, CheckpointFiles? files, TimeProvider clock, ILogger? logger = null)
    {
        (this.database, this.keys, this.files, this.clock, this.logger) = (database, keys, files, clock, logger ?? NullLogger.Instance);
        if (keys is not null) files?.KeepKey(keys.Current, keys.SignKey(keys.Current).ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>Seconds between two signatures of one tenant's tree: how much at most is not yet held against the database.</summary>
    internal double SignEverySeconds { get; init; } = 5;

    /// <summary>Works until cancelled; then signs once more.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var heard = database.Bell.Count(AuditLog.Topic);
                var folded = await FoldAsync(cancel);
                var signed = await SignAsync(SignEverySeconds, cancel);
                if (folded > 0) await Task.Delay(Gather, cancel);
                else if (signed == 0) await database.Bell.WaitAsync(AuditLog.Topic, heard, IdlePoll, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                FoldingFailed(logger, failure is NpgsqlException or Refusal ? null : failure, failure.Message);
                await Task.Delay(Patience, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        await FinishAsync();
    }

    /// <summary>Folds all that waits; how many rows that were. Nothing when another node does it just now.</summary>
    internal async Task<int> FoldAsync(CancellationToken cancel)
    {
        var all = 0;
        while (await FoldSomeAsync(cancel) is > 0 and var folded)
        {
            all += folded;
            if (folded < MostAtOnce) break;
        }
        return all;
    }

    /// <summary>Signs the trees that grew since their last signature, when that is old enough, and writes the notes to files and database.</summary>
    internal async Task<int> SignAsync(double olderThanSeconds, CancellationToken cancel)
    {
        if (keys is null || files is null) return 0;
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await TakeTurnAsync(connection)) return 0;
        var grown = (await connection.QueryAsync<(Guid Tenant, long Size, byte[] Edge)>(new CommandDefinition(
            """
            select tenant_id, size, edge from kernel.audit_trees where size > signed_size and signed_at < clock_timestamp() - make_interval(secs => @olderThanSeconds)
            order by signed_at limit @MostSignaturesAtOnce for update
            """, new { olderThanSeconds, MostSignaturesAtOnce }, cancellationToken: cancel))).AsList();
        foreach (var (id, size, edge) in grown)
        {
            var note = new Checkpoint(new TenantId(id), size, MerkleEdge.Read(size, edge).Root(), clock.GetUtcNow().UtcDateTime).Sign(keys.SignKey(keys.Current));
            // The file first: what the database says is signed can be shown.
            await files.AppendAsync(new TenantId(id), note, cancel);
            await connection.ExecuteAsync("update kernel.audit_trees set signed_size = @size, signed_at = clock_timestamp(), note = @note where tenant_id = @id", new { size, note, id });
        }
        await transaction.CommitAsync(CancellationToken.None);
        return grown.Count;
    }

    // One sequencer works at a time, so that leaves are numbered without a gap; the lock ends with the transaction.
    private static Task<bool> TakeTurnAsync(NpgsqlConnection connection) =>
        connection.ExecuteScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended('rialto audit', 0))");

    private async Task<int> FoldSomeAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await TakeTurnAsync(connection)) return 0;
        var waiting = await ReadWaitingAsync(connection, cancel);
        if (waiting.Count == 0) return 0;
        var tenants = waiting.Select(row => row.Tenant).Distinct().ToArray();
        var trees = (await connection.QueryAsync<(Guid Tenant, long Size, byte[] Edge)>(
            "select tenant_id, size, edge from kernel.audit_trees where tenant_id = any (@tenants) for update", new { tenants })).ToDictionary(tree => tree.Tenant, tree => MerkleEdge.Read(tree.Size, tree.Edge));
        var growth = new AuditGrowth();
        foreach (var (tenant, id, hash) in waiting)
        {
            if (!trees.TryGetValue(tenant, out var tree)) trees[tenant] = tree = MerkleEdge.Empty();
            growth.Add(tenant, id, hash, tree);
        }
        await growth.WriteAsync(connection, trees, cancel);
        await transaction.CommitAsync(cancel);
        return waiting.Count;
    }

    private static async Task<List<(Guid Tenant, Guid Id, byte[] Hash)>> ReadWaitingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var waiting = new List<(Guid, Guid, byte[])>();
        await using var command = new NpgsqlCommand(
            $"""
            select p.tenant_id, p.id, r.{AuditLog.Columns.Replace(", ", ", r.", StringComparison.Ordinal)}
            from (select tenant_id, id from kernel.audit_pending order by tenant_id, id limit {MostAtOnce}) p
            left join kernel.audit_rows r on r.tenant_id = p.tenant_id and r.id = p.id order by p.tenant_id, p.id
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            // A row that somebody took away before it was folded keeps a place: its absence is found.
            waiting.Add((row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? MerkleTree.LeafHash([]) : MerkleTree.LeafHash(AuditLog.Read(row, 2).Entry())));
        return waiting;
    }

    private async Task FinishAsync()
    {
        try
        {
            await FoldAsync(CancellationToken.None);
            await SignAsync(0, CancellationToken.None);
        }
        catch (Exception failure)
        {
            FoldingFailed(logger, null, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log cannot be folded or signed just now: {Words}")]
    private static partial void FoldingFailed(ILogger logger, Exception? failure, string words);
}
