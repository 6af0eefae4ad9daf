using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Connected;

namespace Rialto.Repositories.GitHub;

/// <summary>Connect what an installation may read, and let rest what it may not any more.</summary>
/// <param name="Installation">Id.</param>
internal sealed record SyncInstallation(Guid Installation)
{
    public static readonly JobKind<SyncInstallation> Kind = new("repositories.sync_installation", QueueDefinition.Default, RepositoriesJson.Default.SyncInstallation) { MaxAttempts = 8 };

    /// <summary>One waits at most, one runs at most.</summary>
    public static JobRequest Once(Guid installation) => new() { DedupeKey = "installation:" + installation.ToString("N"), ExclusiveKey = "installation:" + installation.ToString("N") };
}

/// <inheritdoc cref="SyncInstallation"/>
internal sealed class SyncInstallationJob(TenantSettings settings, InstallationTokens tokens, GitHubApi api, RepositorySecrets secrets) : IJobHandler<SyncInstallation>
{
    private const int PageSize = 100, MostPages = 50;

    public async Task HandleAsync(SyncInstallation payload, Job job, CancellationToken cancel)
    {
        Installation installation;
        GitHubApp app;
        await using (var session = await job.BeginAsync(cancel))
        {
            if (await Installations.FindAsync(session, payload.Installation, cancel) is not { State: "active" } found) return;
            installation = found;
            app = await GitHubApp.FindAsync(settings, session, cancel) ?? throw GitHubApp.Missing();
        }
        var listed = await ListAsync(app, installation, cancel);
        await using (var session = await job.BeginAsync(cancel))
        {
            foreach (var repository in listed) await KeepAsync(session, installation, repository, cancel);
            await session.Connection.ExecuteAsync(new CommandDefinition(
                """
                update repositories.repositories set state = 'suspended', problem = 'The app may not read it any more; select it on GitHub again.'
                where tenant_id = @tenant and installation_id = @Id and external_id <> all (@numbers)
                """, new { tenant = session.Tenant.Value, installation.Id, numbers = listed.Select(repository => repository.ExternalId).ToArray() }, cancellationToken: cancel));
            await session.CommitAsync(cancel);
        }
    }

    private async Task<List<Listed>> ListAsync(GitHubApp app, Installation installation, CancellationToken cancel)
    {
        var token = await tokens.GetAsync(app, installation.Number, InstallationTokens.Listing, null, cancel);
        var listed = new List<Listed>();
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await api.SendAsync(InstallationTokens.Speaker(installation.Number), new Uri(app.Api, $"installation/repositories?per_page={PageSize}&page={page}"), token, cancel: cancel);
            var items = answer["repositories"] as JsonArray ?? [];
            foreach (var item in items) if (item is not null && Listed.Read(item) is { } one) listed.Add(one);
            if (items.Count < PageSize) break;
        }
        return listed;
    }

    private async Task KeepAsync(TenantSession session, Installation installation, Listed listed, CancellationToken cancel)
    {
        var of = new { tenant = session.Tenant.Value, installation.Id, listed.Source, listed.Owner, listed.Name, listed.DefaultBranch, listed.IsPrivate, listed.ExternalId };
        // Known by its number: a renamed or moved repository stays the same one. Its sites go on by the old source until they are told.
        var known = await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            update repositories.repositories set kind = 'app', provider = 'github', installation_id = @Id, external_id = @ExternalId, owner = @Owner, name = @Name, default_branch = @DefaultBranch, is_private = @IsPrivate,
              token = null, state = case state when 'suspended' then 'connected' else state end, problem = case state when 'suspended' then null else problem end
            where tenant_id = @tenant and (provider = 'github' and external_id = @ExternalId or source = @Source)
            """, of, cancellationToken: cancel));
        if (known > 0) return;
        var id = Guid.CreateVersion7();
        await RepositoryStore.AddAsync(session, new NewRepository
        {
            Id = id, Kind = "app", Provider = "github", Source = listed.Source, Owner = listed.Owner, Name = listed.Name, WebUrl = listed.Source, DefaultBranch = listed.DefaultBranch, IsPrivate = listed.IsPrivate,
            Installation = installation.Id, ExternalId = listed.ExternalId, HookSecret = (await secrets.NewHookSecretAsync(session, id, cancel)).Kept,
        }, cancel);
    }

    /// <summary>A repository as GitHub lists it.</summary>
    private sealed record Listed(string Source, string? Owner, string Name, string? DefaultBranch, bool IsPrivate, string ExternalId)
    {
        public static Listed? Read(JsonNode told)
        {
            if (told["id"] is not { } id || (string?)told["html_url"] is not { } address) return null;
            try
            {
                var remote = RemoteLook.Parse(address);
                return new Listed(RemoteLook.SourceOf(remote), remote.Owner, remote.Name, (string?)told["default_branch"], told["private"]?.GetValue<bool>() ?? true, id.GetValue<long>().ToString(CultureInfo.InvariantCulture));
            }
            catch (Refusal)
            {
                // An address that is none of those we would ever fetch from.
                return null;
            }
        }
    }
}
