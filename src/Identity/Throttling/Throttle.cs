using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// How often somebody may try to prove who they are, counted in the database and so on all nodes together. A try is counted before it is
/// judged, in a transaction of its own: of many at the same moment no more pass than of many in a row, and a refusal takes nothing back.
/// </summary>
internal sealed class Throttle(Database database, SettingLayers settings, TimeProvider clock)
{
    private static readonly TimeSpan AddressMemory = TimeSpan.FromMinutes(15), AccountMemory = TimeSpan.FromHours(24), FirstWait = TimeSpan.FromMinutes(1), LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Counts a try from an address at an account, known or not.</summary>
    /// <param name="address">Where it comes from; an IPv6 network counts as one.</param>
    /// <param name="account">What names the account: the key of its address of mail.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal"><c>identity.too_many_attempts</c>.</exception>
    public async Task TakeAsync(IPAddress? address, string account, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        session.Actor = Caller.Anonymous(address).Subject;
        // Always the address first: two tries never wait for each other crosswise.
        var blocked = await TakeAsync(session, AddressSubject(address), "address", address, AddressMemory, settings.Get(IdentitySettings.AddressAttempts), _ => AddressMemory, cancel)
            ?? await TakeAsync(session, AccountSubject(account), "account", address, AccountMemory, settings.Get(IdentitySettings.AccountAttempts), WaitAfter, cancel);
        await session.CommitAsync(cancel);
        if (blocked is { } wait) throw TooMany(wait);
    }

    /// <summary>Forgets the tries at an account whose owner has just proven themselves, in their transaction.</summary>
    public static async Task ClearAsync(TenantSession platform, IPAddress? address, string account, CancellationToken cancel)
    {
        await platform.Connection.ExecuteAsync(new CommandDefinition("update identity.throttles set attempts = greatest(attempts - 1, 0) where tenant_id = kernel.current_tenant() and subject = @subject",
            new { subject = AddressSubject(address) }, cancellationToken: cancel));
        await platform.Connection.ExecuteAsync(new CommandDefinition("delete from identity.throttles where tenant_id = kernel.current_tenant() and subject = @subject", new { subject = AccountSubject(account) }, cancellationToken: cancel));
    }

    /// <summary>The wait after so many tries more than are free: a minute, doubled each time, at most a quarter of an hour.</summary>
    internal static TimeSpan WaitAfter(int beyond) => beyond >= 4 ? LongestWait : FirstWait * Math.Pow(2, beyond);

    internal static byte[] AddressSubject(IPAddress? address)
    {
        if (address is null) return Hash("address:");
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // Whoever has one address of an IPv6 network usually has all 2^64.
        return Hash("address:" + (address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString()));
    }

    internal static byte[] AccountSubject(string account) => Hash("account:" + account);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // Null when the try may be made; otherwise how long to wait. The try that uses up the last free one is made, and shuts the door behind it.
    private async Task<TimeSpan?> TakeAsync(TenantSession session, byte[] subject, string kind, IPAddress? address, TimeSpan memory, long free, Func<int, TimeSpan> wait, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var attempts = await session.Connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            """
            insert into identity.throttles (subject, attempts, since) values (@subject, 1, @now)
            on conflict (tenant_id, subject) do update set
              attempts = case when throttles.since < @forgotten then 1 else throttles.attempts + 1 end,
              since = case when throttles.since < @forgotten then @now else throttles.since end, blocked_until = null
            where throttles.blocked_until is null or throttles.blocked_until <= @now returning attempts
            """, new { subject, now, forgotten = now - memory }, cancellationToken: cancel));
        if (attempts is null)
        {
            var until = await session.Connection.ExecuteScalarAsync<DateTime>(new CommandDefinition(
                "select coalesce(blocked_until, @now) from identity.throttles where tenant_id = kernel.current_tenant() and subject = @subject", new { subject, now }, cancellationToken: cancel));
            return new DateTimeOffset(until, TimeSpan.Zero) - now;
        }
        if (attempts < free) return null;
        var pause = wait(attempts.Value - (int)free);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update identity.throttles set blocked_until = @until where tenant_id = kernel.current_tenant() and subject = @subject", new { subject, until = now + pause }, cancellationToken: cancel));
        await session.AnnounceAsync(AccountEvents.AttemptsBlocked, new AttemptsBlocked(kind, address?.ToString() ?? "", (int)pause.TotalSeconds), cancel: cancel);
        return null;
    }

    private static Refusal TooMany(TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new Refusal("identity.too_many_attempts", $"Too many tries; wait {seconds} seconds, or sign in by a link or a passkey.", 429) { Details = new Dictionary<string, string> { ["retryAfterSeconds"] = seconds } };
    }
}
