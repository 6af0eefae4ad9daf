using Npgsql;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>What the database answered: calls granted, how long until there is one, calls left after these.</summary>
internal readonly record struct Slice(int Granted, long WaitMicros, int LeftOver);

/// <summary>The shared truth of all buckets. Its connections are its own: a limit is asked for by requests that have no connection yet.</summary>
internal sealed class BucketStore(Database database) : IAsyncDisposable
{
    private const int Connections = 4;
    private readonly Lazy<DatabaseLane> lane = new(() => database.OpenLane(Connections));

    public async Task<Slice> TakeAsync(string name, Rate rate, int wanted, int unused, CancellationToken cancel)
    {
        await using var session = await lane.Value.BeginAsync(TenantId.Platform, cancel);
        Slice slice;
        await using (var command = new NpgsqlCommand("select granted, wait_micros, left_over from gateway.take($1, $2, $3, $4, $5)", session.Connection))
        {
            command.Parameters.AddWithValue(name);
            command.Parameters.AddWithValue(wanted);
            command.Parameters.AddWithValue(unused);
            command.Parameters.AddWithValue(rate.GapMicros);
            command.Parameters.AddWithValue(rate.Burst);
            await using var row = await command.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            slice = new Slice(row.GetInt32(0), row.GetInt64(1), row.GetInt32(2));
        }
        await session.CommitAsync(cancel);
        return slice;
    }

    /// <summary>Forgets buckets that are full again; how many.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancel)
    {
        await using var session = await lane.Value.BeginAsync(TenantId.Platform, cancel);
        await using var command = new NpgsqlCommand("delete from gateway.buckets where tenant_id = kernel.current_tenant() and arrival < (extract(epoch from clock_timestamp()) * 1000000)::bigint", session.Connection);
        var gone = await command.ExecuteNonQueryAsync(cancel);
        await session.CommitAsync(cancel);
        return gone;
    }

    public ValueTask DisposeAsync() => lane.IsValueCreated ? lane.Value.DisposeAsync() : ValueTask.CompletedTask;
}
