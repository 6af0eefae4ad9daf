using System.Text.Json;
using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Webhooks;

namespace Rialto.Repositories.GitHub;

/// <summary>What GitHub tells of an installation itself: taken away, suspended, its selection or rights changed.</summary>
internal static class InstallationNews
{
    /// <summary>Reacts; null when the delivery tells of nothing of the kind, else what was done in words.</summary>
    public static async Task<string?> TakeAsync(TenantSession session, InstallationTokens tokens, string happened, JsonElement body, CancellationToken cancel)
    {
        if (happened is not ("installation" or "installation_repositories" or "repository")) return null;
        var told = PushMessage.Child(body, "installation");
        if (PushMessage.Number(told, "id") is not { } text || await Installations.FindAsync(session, long.Parse(text, System.Globalization.CultureInfo.InvariantCulture), cancel) is not { } installation) return null;
        tokens.Forget(installation.Number);
        var state = (happened, PushMessage.Text(body, "action")) switch { ("installation", "deleted") => "removed", ("installation", "suspend") => "suspended", ("installation", "unsuspend") => "active", _ => null };
        var permissions = PushMessage.Child(told, "permissions") is { ValueKind: JsonValueKind.Object } granted ? granted.GetRawText() : null;
        var of = new { tenant = session.Tenant.Value, installation.Id, state, permissions };
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update repositories.installations set state = coalesce(@state, state), permissions = coalesce(@permissions::jsonb, permissions) where tenant_id = @tenant and id = @Id", of, cancellationToken: cancel));
        if (state is "removed" or "suspended")
        {
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "update repositories.repositories set state = 'suspended', problem = 'The app is ' || @state || ' on GitHub.' where tenant_id = @tenant and installation_id = @Id", of, cancellationToken: cancel));
            return $"the app is {state}";
        }
        await session.EnqueueAsync(SyncInstallation.Kind, new SyncInstallation(installation.Id), SyncInstallation.Once(installation.Id), cancel);
        return "the app's repositories are listed anew";
    }
}
