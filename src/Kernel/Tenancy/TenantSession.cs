using Npgsql;

namespace Rialto.Kernel;

/// <summary>
/// One tenant's transaction on one connection. Rows of other tenants do not exist in it. Use it with Dapper or Npgsql;
/// commit once, at the end. Disposing without a commit takes everything back. For one flow at a time.
/// </summary>
public sealed class TenantSession : IAsyncDisposable
{
    private readonly NpgsqlTransaction transaction;
    private List<Action>? afterCommit;
    private int isDisposed;

    internal TenantSession(TenantId tenant, NpgsqlConnection connection, NpgsqlTransaction transaction, Bell bell)
    {
        (Tenant, Connection, Bell) = (tenant, connection, bell);
        this.transaction = transaction;
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
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    /// <summary>Makes everything done in the session last.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task CommitAsync(CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed != 0, this);
        await transaction.CommitAsync(cancel);
        IsCommitted = true;
        foreach (var action in afterCommit ?? []) action();
    }

    /// <summary>Ends the session; again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        // Npgsql uses one transaction object for all transactions of a physical connection. Disposed a second time it would take back
        // what somebody else is doing on that connection by now.
        if (Interlocked.Exchange(ref isDisposed, 1) != 0) return;
        await transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
