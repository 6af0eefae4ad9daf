using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// One tenant's transaction on one connection. Rows of other tenants do not exist in it. Use it with Dapper or Npgsql;
/// commit once, at the end. Disposing without a commit takes everything back. For one flow at a time.
/// </summary>
public sealed class TenantSession : IAsyncDisposable
{
    private readonly NpgsqlTransaction transaction;
    private readonly TenantSession? outer;
    private List<Action>? afterCommit;
    private int isDisposed;

    internal TenantSession(TenantId tenant, NpgsqlConnection connection, NpgsqlTransaction transaction, Bell bell, TenantSession? outer = null)
    {
        (Tenant, Connection, Bell) = (tenant, connection, bell);
        (this.transaction, this.outer) = (transaction, outer);
    }

    /// <summary>Whose transaction.</summary>
    public TenantId Tenant { get; }

    /// <summary>The connection, inside its transaction.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Who acts, for the events written here: <c>user:…</c>, <c>key:…</c>, <c>job:…</c>; empty for the platform.</summary>
    public string Actor { get; set; } = "";

    /// <summary>The operation or job kind that runs in the session, for the events written here.</summary>
    public string? Operation { get; set; }

    internal Bell Bell { get; }

    /// <summary>True when tables note what is changed here, for the audit log.</summary>
    internal bool IsNoting { get; init; }

    /// <summary>True once <see cref="CommitAsync"/> has succeeded.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>Runs <paramref name="action"/> after a successful commit, on its thread; it must be short and must not throw.</summary>
    public void AfterCommit(Action action)
    {
        if (outer is null) (afterCommit ??= []).Add(action);
        else outer.AfterCommit(action);
    }

    /// <summary>
    /// Does <paramref name="work"/> on the rows of another tenant in this very transaction, then comes back: for what must be true on both
    /// sides or on neither, such as a membership and its line in the platform's list. The inner session cannot commit.
    /// Each use can be found by searching for this name, and is made by code that decided itself which tenant, never by a request.
    /// </summary>
    public async Task<T> AcrossAsync<T>(TenantId other, Func<TenantSession, Task<T>> work, CancellationToken cancel = default)
    {
        await EnterAsync(other, cancel);
        try
        {
            return await work(new TenantSession(other, Connection, transaction, Bell, this) { Actor = Actor, Operation = Operation });
        }
        finally
        {
            await ComeBackAsync();
        }
    }

    private async Task ComeBackAsync()
    {
        try
        {
            await EnterAsync(Tenant, CancellationToken.None);
        }
        catch (PostgresException failed) when (failed.SqlState == PostgresErrorCodes.InFailedSqlTransaction)
        {
            // A statement failed inside: the transaction can do nothing any more, for no tenant.
        }
    }

    private async Task EnterAsync(TenantId tenant, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select set_config('rialto.tenant', $1, true)", Connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Makes everything done in the session last.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task CommitAsync(CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed != 0, this);
        if (outer is not null) throw new InvalidOperationException("The session that began the transaction commits it.");
        await transaction.CommitAsync(cancel);
        IsCommitted = true;
        foreach (var action in afterCommit ?? []) action();
    }

    /// <summary>Ends the session; again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (outer is not null) return;
        // Npgsql uses one transaction object for all transactions of a physical connection. Disposed a second time it would take back
        // what somebody else is doing on that connection by now.
        if (Interlocked.Exchange(ref isDisposed, 1) != 0) return;
        await transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
