using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.GitHub;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Connected;

/// <summary>What a repository is read with: nothing, its own token, or a token of its app that is made for it alone.</summary>
internal sealed class RepositoryAccess(Database database, RepositorySecrets secrets, RemoteLook remotes, TenantSettings settings, InstallationTokens tokens, GitHubApi api)
{
    /// <summary>The token that reads it; null for one that anybody may read.</summary>
    /// <exception cref="Refusal"><c>repositories.suspended</c>, <c>github.*</c>.</exception>
    public async Task<string?> TokenAsync(TenantId tenant, RepositoryInfo repository, CancellationToken cancel)
    {
        if (repository.Kind != "app")
        {
            await using var session = await database.BeginAsync(tenant, cancel);
            return await secrets.TokenAsync(session, repository.Id, cancel);
        }
        var (app, installation, number) = await OfAppAsync(tenant, repository, cancel);
        return await tokens.GetAsync(app, installation.Number, InstallationTokens.Reading, number, cancel);
    }

    /// <summary>Where its branches stand: by GitHub's own interface for those of its app, by Git otherwise.</summary>
    public async Task<RefTable> RefsAsync(TenantId tenant, RepositoryInfo repository, CancellationToken cancel)
    {
        if (repository.Kind != "app") return await remotes.RefsAsync(RemoteLook.Parse(repository.Source), await TokenAsync(tenant, repository, cancel), cancel);
        var (app, installation, number) = await OfAppAsync(tenant, repository, cancel);
        var token = await tokens.GetAsync(app, installation.Number, InstallationTokens.Reading, number, cancel);
        return await GitHubBranches.ReadAsync(api, app, installation, token, repository.Owner ?? "", repository.Name, cancel);
    }

    private async Task<(GitHubApp App, Installation Installation, string Number)> OfAppAsync(TenantId tenant, RepositoryInfo repository, CancellationToken cancel)
    {
        await using var session = await database.BeginAsync(tenant, cancel);
        var of = await session.Connection.QuerySingleOrDefaultAsync<(Guid? Installation, string? Number)?>(new CommandDefinition(
            "select installation_id, external_id from repositories.repositories where tenant_id = @tenant and id = @Id", new { tenant = tenant.Value, repository.Id }, cancellationToken: cancel));
        if (of is not { Installation: { } id, Number: { } number } || await Installations.FindAsync(session, id, cancel) is not { State: "active" } installation)
            throw new Refusal("repositories.suspended", "The app of this repository is suspended or was taken away on GitHub; install it again.", 409);
        return (await GitHubApp.FindAsync(settings, session, cancel) ?? throw GitHubApp.Missing(), installation, number);
    }
}
