using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Repositories.Connected;

/// <summary>Connected repositories: looked at, their hook's secret renewed, taken out.</summary>
internal static class RepositoryOperations
{
    public static readonly RefusalNote NotFound = new("repositories.not_found", 404, "the organisation has no such repository");

    private static readonly Listing<RepositoryInfo> Repositories = new(RepositoryStore.Table,
        "id, kind, provider, source, owner, name, web_url, default_branch, is_private, state, problem, head_commit, pushed_at, looked_at, created_at", Read,
        [("createdAt", "created_at", "timestamptz"), ("name", "name", "text")], [("kind", "kind", "text"), ("provider", "provider", "text"), ("state", "state", "text"), ("name", "name", "text"), ("source", "source", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/repositories", List).As(new Operation("repositories.list", "repositories.read", "Lists connected repositories, newest first."));
        routes.MapGet("/api/v1/repositories/{id:guid}", Get).As(new Operation("repositories.get", "repositories.read", "Shows one connected repository.") { Refusals = [NotFound] });
        routes.MapDelete("/api/v1/repositories/{id:guid}", Disconnect).As(new Operation("repositories.disconnect", "repositories.write", "Takes a repository out; what was published of it stays.") { Changes = true, Refusals = [NotFound] });
        routes.MapPost("/api/v1/repositories/{id:guid}/hook", RenewHook).As(new Operation("repositories.renew_hook", "repositories.write", "Gives a repository's hook a new secret, shown this once; the old one ends.")
        {
            Changes = true, AnswersOnce = true, Refusals = [NotFound],
        });
    }

    private static async Task<Ok<Page<RepositoryInfo>>> List([AsParameters] PageQuery page, string? kind, string? provider, string? state, string? name, string? source, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Repositories.ReadAsync(session, page, new Dictionary<string, string?> { ["kind"] = kind, ["provider"] = provider, ["state"] = state, ["name"] = name, ["source"] = source }, cancel));

    private static async Task<Ok<RepositoryInfo>> Get(Guid id, TenantSession session, CancellationToken cancel) => TypedResults.Ok(await RepositoryStore.FindAsync(session, id, cancel));

    private static async Task<NoContent> Disconnect(Guid id, TenantSession session, CancellationToken cancel)
    {
        var gone = await RepositoryStore.FindAsync(session, id, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from repositories.repositories where tenant_id = @tenant and id = @id", new { tenant = session.Tenant.Value, id }, cancellationToken: cancel));
        await session.RemoveScheduleAsync(Looks.NameOf(id), cancel);
        await session.AnnounceAsync(RepositoriesEvents.Disconnected, new RepositoryDisconnected(id, gone.Source), RepositoryStore.Subject(id), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<HookAddress>> RenewHook(Guid id, TenantSession session, RepositorySecrets secrets, RepositoriesOptions options, CancellationToken cancel)
    {
        await RepositoryStore.FindAsync(session, id, cancel);
        var (text, kept) = await secrets.NewHookSecretAsync(session, id, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update repositories.repositories set hook_secret = @kept where tenant_id = @tenant and id = @id", new { kept, tenant = session.Tenant.Value, id }, cancellationToken: cancel));
        return TypedResults.Ok(HookAddress.Of(options, session.Tenant, id, text));
    }

    private static RepositoryInfo Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0), Kind = row.GetString(1), Provider = row.GetString(2), Source = row.GetString(3), Owner = Text(row, 4), Name = row.GetString(5), WebUrl = Text(row, 6), DefaultBranch = Text(row, 7),
        IsPrivate = row.GetBoolean(8), State = row.GetString(9), Problem = Text(row, 10), HeadCommit = Text(row, 11), PushedAt = Time(row, 12), LookedAt = Time(row, 13), CreatedAt = row.GetDateTime(14),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTime? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
