using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>An organisation's installation of the app.</summary>
internal sealed record Installation
{
    public Guid Id { get; init; }

    public string AppId { get; init; } = "";

    /// <summary>GitHub's number.</summary>
    public long Number { get; init; }

    public string Account { get; init; } = "";

    public string State { get; init; } = "active";

    /// <summary>What GitHub lets it do, as JSON.</summary>
    public string Permissions { get; init; } = "{}";

    /// <summary>Whether it may say what became of a commit.</summary>
    public bool MayReport => Has("statuses") && Has("deployments");

    private bool Has(string name)
    {
        using var document = JsonDocument.Parse(Permissions);
        return document.RootElement.TryGetProperty(name, out var level) && level.GetString() == "write";
    }
}

/// <summary>Installations as rows, and as GitHub describes them.</summary>
internal static class Installations
{
    private const string Columns = "id, app_id as AppId, number, account, state, permissions::text as Permissions";

    public static Task<Installation?> FindAsync(TenantSession session, Guid id, CancellationToken cancel) => session.Connection.QuerySingleOrDefaultAsync<Installation>(new CommandDefinition(
        $"select {Columns} from repositories.installations where tenant_id = @tenant and id = @id", new { tenant = session.Tenant.Value, id }, cancellationToken: cancel));

    public static Task<Installation?> FindAsync(TenantSession session, long number, CancellationToken cancel) => session.Connection.QuerySingleOrDefaultAsync<Installation>(new CommandDefinition(
        $"select {Columns} from repositories.installations where tenant_id = @tenant and number = @number and state <> 'removed'", new { tenant = session.Tenant.Value, number }, cancellationToken: cancel));

    /// <summary>Whose the installation of the server's app is; asked with the platform's session.</summary>
    public static async Task<TenantId?> OwnerAsync(TenantSession platform, string app, long number, CancellationToken cancel) =>
        await platform.Connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            "select tenant_id from repositories.installations where app_id = @app and number = @number and state <> 'removed'", new { app, number }, cancellationToken: cancel)) is { } owner ? new TenantId(owner) : null;

    /// <summary>Keeps what GitHub says of an installation, new or known.</summary>
    /// <exception cref="Refusal"><c>github.installation_taken</c>.</exception>
    public static async Task<Installation> KeepAsync(TenantSession session, GitHubApp app, JsonNode told, CancellationToken cancel)
    {
        var number = told["id"]!.GetValue<long>();
        var kept = new { app = app.Id, number, account = (string?)told["account"]?["login"] ?? "", permissions = told["permissions"]?.ToJsonString() ?? "{}", state = told["suspended_at"] is null ? "active" : "suspended", tenant = session.Tenant.Value };
        if (await FindAsync(session, number, cancel) is null)
        {
            try
            {
                await session.Connection.ExecuteAsync(new CommandDefinition(
                    "insert into repositories.installations (app_id, number, account, permissions, state) values (@app, @number, @account, @permissions::jsonb, @state)", kept, cancellationToken: cancel));
            }
            catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                throw new Refusal("github.installation_taken", "This installation belongs to another organisation here; remove it there first.", 409);
            }
        }
        else
            await session.Connection.ExecuteAsync(new CommandDefinition(
                "update repositories.installations set account = @account, permissions = @permissions::jsonb, state = @state where tenant_id = @tenant and number = @number and state <> 'removed'", kept, cancellationToken: cancel));
        return (await FindAsync(session, number, cancel))!;
    }

    /// <summary>Insists on the rights that are needed and on no more repositories than were chosen one by one.</summary>
    /// <exception cref="Refusal"><c>github.permission_missing</c>, <c>github.selected_only</c>.</exception>
    public static void Require(JsonNode told)
    {
        foreach (var needed in new[] { "contents", "metadata" })
            if ((string?)told["permissions"]?[needed] is not ("read" or "write"))
                throw new Refusal("github.permission_missing", $"The app lacks the permission to read {needed}; give it that permission on GitHub and install it again.", 422);
        if ((string?)told["repository_selection"] != "selected")
            throw new Refusal("github.selected_only", "The app was installed for all repositories; choose \"Only select repositories\" on GitHub, then come back.", 422);
    }

    /// <summary>When GitHub says it was made.</summary>
    public static DateTimeOffset MadeAt(JsonNode told) =>
        DateTimeOffset.TryParse((string?)told["created_at"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;
}
