using Npgsql;
using NpgsqlTypes;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What happens to an account besides transfers.</summary>
internal static class AccountChanges
{
    public static async Task<Account> ChangeAsync(TenantSession session, string code, AccountChange change, CancellationToken cancel)
    {
        AccountForm.RequireName(change.Name);
        if (change.Tags is { } tags) AccountForm.RequireTags(tags);
        if (change.Metadata is { } metadata) AccountForm.RequireMetadata(metadata);
        if (change.Limits is { } limits) await RequireReachedAsync(session, code, limits, cancel);
        await using var command = Update(session, code,
            "name = coalesce($3, name), tags = coalesce($4, tags), metadata = coalesce($5, metadata), floor = case when $6 then $7 else floor end, ceiling = case when $6 then $8 else ceiling end");
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)change.Name ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)change.Tags?.ToArray() ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, (object?)(change.Metadata is null ? null : TransferRows.WriteMetadata(change.Metadata) ?? "{}") ?? DBNull.Value);
        command.Parameters.AddWithValue(change.Limits is not null);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)change.Limits?.FloorMinor ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)change.Limits?.CeilingMinor ?? DBNull.Value);
        return await RunAsync(session, command, code, LedgerEvents.AccountChanged, cancel);
    }

    public static async Task<Account> FreezeAsync(TenantSession session, string code, string reason, CancellationToken cancel)
    {
        if (reason.Length is 0 or > 500 || reason.Contains('\0')) throw new Refusal(LedgerRefusals.AccountInvalid, "Say why the account is frozen, in at most 500 characters.", 422);
        await using var command = Update(session, code, "is_frozen = true, frozen_reason = $3");
        command.Parameters.AddWithValue(reason);
        return await RunAsync(session, command, code, LedgerEvents.AccountFrozen, cancel);
    }

    public static async Task<Account> UnfreezeAsync(TenantSession session, string code, CancellationToken cancel)
    {
        await using var command = Update(session, code, "is_frozen = false, frozen_reason = null");
        return await RunAsync(session, command, code, LedgerEvents.AccountUnfrozen, cancel);
    }

    public static async Task<Account> CloseAsync(TenantSession session, string code, CancellationToken cancel)
    {
        var account = await LockAsync(session, code, cancel);
        if (account.Balance is not { PostedMinor: 0, PendingInMinor: 0, PendingOutMinor: 0 })
            throw new Refusal(LedgerRefusals.AccountNotEmpty, $"The account {code} still holds something or waits for it; empty it first.", 409) { Details = new Dictionary<string, string> { ["account"] = code } };
        await using var command = Update(session, code, "is_closed = true");
        return await RunAsync(session, command, code, LedgerEvents.AccountClosed, cancel);
    }

    private static async Task RequireReachedAsync(TenantSession session, string code, AccountLimits limits, CancellationToken cancel)
    {
        AccountForm.RequireLimits(limits.FloorMinor, limits.CeilingMinor);
        var account = await LockAsync(session, code, cancel);
        if (account.Balance.AvailableMinor < limits.FloorMinor)
            throw new Refusal(LedgerRefusals.InsufficientFunds, $"The account {code} is below that already; raise its balance first.", 409) { Details = new Dictionary<string, string> { ["account"] = code } };
        if (account.Balance.PostedMinor + account.Balance.PendingInMinor > limits.CeilingMinor)
            throw new Refusal(LedgerRefusals.OverLimit, $"The account {code} is above that already; lower its balance first.", 409) { Details = new Dictionary<string, string> { ["account"] = code } };
    }

    private static async Task<Account> LockAsync(TenantSession session, string code, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {AccountStore.Columns} from ledger.accounts where tenant_id = $1 and code = $2 for no key update", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(code);
        return await AccountStore.RunAsync(command, cancel) ?? throw AccountStore.NotFound(code);
    }

    private static NpgsqlCommand Update(TenantSession session, string code, string set)
    {
        var command = new NpgsqlCommand($"update ledger.accounts set {set} where tenant_id = $1 and code = $2 returning {AccountStore.Columns}", session.Connection);
        command.Parameters.AddWithValue(session.Tenant.Value);
        command.Parameters.AddWithValue(code);
        return command;
    }

    private static async Task<Account> RunAsync(TenantSession session, NpgsqlCommand command, string code, EventKind<AccountFact> kind, CancellationToken cancel)
    {
        var account = await AccountStore.RunAsync(command, cancel) ?? throw AccountStore.NotFound(code);
        await session.AnnounceAsync(kind, AccountStore.Fact(account), AccountStore.Subject(account), cancel);
        return account;
    }
}
