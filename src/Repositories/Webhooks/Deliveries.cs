using System.Security.Cryptography;
using Dapper;
using Rialto.Kernel;

namespace Rialto.Repositories.Webhooks;

/// <summary>Deliveries as rows.</summary>
internal static class Deliveries
{
    /// <summary>How long a repetition of a delivery is known as one, in days; longer than any forge keeps trying.</summary>
    public const int ReplayWindowDays = 8;

    private const int MostTrimmed = 500;

    /// <summary>Whether the sender has sent all it may in a minute.</summary>
    public static async Task<bool> IsFullAsync(TenantSession session, string sender, int most, CancellationToken cancel) =>
        await session.Connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from (select from repositories.deliveries where tenant_id = @tenant and sender = @sender and received_at > clock_timestamp() - interval '1 minute' limit @most) d",
            new { tenant = session.Tenant.Value, sender, most }, cancellationToken: cancel)) >= most;

    /// <summary>
    /// Keeps a delivery; false when it was kept before. GitHub's bodies carry the second of the push, so the same bytes under another
    /// id are a repetition that somebody has relabelled; the others' bodies may honestly be alike.
    /// </summary>
    public static async Task<bool> KeepAsync(TenantSession session, string sender, Guid? repository, Hook hook, byte[] body, CancellationToken cancel)
    {
        var digest = SHA256.HashData(body);
        var tenant = session.Tenant.Value;
        if (hook is { Provider: "github", Event: "push" } && await session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from repositories.deliveries where tenant_id = @tenant and sender = @sender and digest = @digest)", new { tenant, sender, digest }, cancellationToken: cancel))) return false;
        return await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into repositories.deliveries (sender, repository_id, provider, event, delivery_id, digest, body) values (@sender, @repository, @Provider, @Event, @Delivery, @digest, @body)
            on conflict (tenant_id, sender, delivery_id) do nothing
            """, new { sender, repository, hook.Provider, hook.Event, hook.Delivery, digest, body }, cancellationToken: cancel)) > 0;
    }

    /// <summary>Those that wait, oldest first.</summary>
    public static async Task<IReadOnlyList<Delivery>> WaitingAsync(TenantSession session, string sender, int most, CancellationToken cancel) =>
        (await session.Connection.QueryAsync<Delivery>(new CommandDefinition(
            "select id, provider, event, body from repositories.deliveries where tenant_id = @tenant and sender = @sender and state = 'waiting' order by id limit @most",
            new { tenant = session.Tenant.Value, sender, most }, cancellationToken: cancel))).AsList();

    /// <summary>Writes down what came of one; its body is not needed any more.</summary>
    public static Task EndAsync(TenantSession session, Guid id, string state, string words, Guid? repository, PushMessage? push, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update repositories.deliveries set state = @state, words = @words, body = null, repository_id = coalesce(@repository, repository_id), branch = @Branch, before_commit = @Before, after_commit = @After
            where tenant_id = @tenant and id = @id
            """, new { tenant = session.Tenant.Value, id, state, words, repository, push?.Branch, push?.Before, push?.After }, cancellationToken: cancel));

    /// <summary>
    /// Whether <paramref name="push"/> was overtaken: it leads to a commit from which a later push, taken already, went on, and does not
    /// itself go on from where the branch stands. A branch that is set back honestly goes on from where it stands.
    /// </summary>
    public static async Task<bool> IsOvertakenAsync(TenantSession session, Guid repository, PushMessage push, string? standsAt, CancellationToken cancel) =>
        push.After is not null && push.Before != standsAt && await session.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (select from repositories.deliveries where tenant_id = @tenant and repository_id = @repository and branch = @Branch and before_commit = @After and state = 'done')
            """, new { tenant = session.Tenant.Value, repository, push.Branch, push.After }, cancellationToken: cancel));

    /// <summary>Forgets what nobody can send again, a part at a time.</summary>
    public static Task TrimAsync(TenantSession session, string sender, CancellationToken cancel) => session.Connection.ExecuteAsync(new CommandDefinition(
        """
        delete from repositories.deliveries where tenant_id = @tenant and id in (
          select id from repositories.deliveries where tenant_id = @tenant and sender = @sender and received_at < now() - make_interval(days => @ReplayWindowDays) order by received_at limit @MostTrimmed)
        """, new { tenant = session.Tenant.Value, sender, ReplayWindowDays, MostTrimmed }, cancellationToken: cancel));
}

/// <summary>A delivery to be read.</summary>
internal sealed record Delivery
{
    public Guid Id { get; init; }

    public string Provider { get; init; } = "";

    public string Event { get; init; } = "";

    public byte[] Body { get; init; } = [];
}
