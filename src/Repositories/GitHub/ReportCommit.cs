using System.Text.Json.Nodes;
using Dapper;
using Rialto.Kernel;
using Rialto.Repositories.Connected;

namespace Rialto.Repositories.GitHub;

/// <summary>Write at GitHub what became of a commit: its status, and the deployment it was put to.</summary>
/// <param name="Report">Id of the row that says what is to be told.</param>
internal sealed record ReportCommit(Guid Report)
{
    public static readonly JobKind<ReportCommit> Kind = new("repositories.report_commit", QueueDefinition.Default, RepositoriesJson.Default.ReportCommit) { MaxAttempts = 8 };
}

/// <summary>Asking for reports.</summary>
internal static class Reports
{
    /// <summary>Writes down what is to be told of a commit and asks for the telling; nothing where the app may not tell.</summary>
    public static async Task AskAsync(TenantSession session, CommitReport report, CancellationToken cancel)
    {
        var of = await session.Connection.QuerySingleOrDefaultAsync<(Guid Id, Guid Installation)?>(new CommandDefinition(
            "select id, installation_id from repositories.repositories where tenant_id = @tenant and source = @Source and installation_id is not null", new { tenant = session.Tenant.Value, report.Source }, cancellationToken: cancel));
        if (of is not { } repository || await Installations.FindAsync(session, repository.Installation, cancel) is not { State: "active", MayReport: true }) return;
        var id = await session.Connection.ExecuteScalarAsync<Guid>(new CommandDefinition(
            """
            insert into repositories.reports (repository_id, commit, site, environment, branch, state, words, target) values (@repository, @Commit, @Site, @environment, @Branch, @state, @Words, @target)
            on conflict (tenant_id, repository_id, commit, site) do update set environment = excluded.environment, branch = excluded.branch, state = excluded.state, words = excluded.words, target = excluded.target, updated_at = clock_timestamp()
            returning id
            """, new
            {
                repository = repository.Id, report.Commit, report.Site, environment = report.IsProduction ? "production" : "preview/" + report.Branch, report.Branch, state = report.State.ToString().ToLowerInvariant(), report.Words, target = report.Target.AbsoluteUri,
            }, cancellationToken: cancel));
        var key = "report:" + id.ToString("N");
        await session.EnqueueAsync(ReportCommit.Kind, new ReportCommit(id), new JobRequest { DedupeKey = key, ExclusiveKey = key }, cancel);
    }
}

/// <inheritdoc cref="ReportCommit"/>
internal sealed class ReportCommitJob(TenantSettings settings, InstallationTokens tokens, GitHubApi api) : IJobHandler<ReportCommit>
{
    private const int LongestWords = 140;

    public async Task HandleAsync(ReportCommit payload, Job job, CancellationToken cancel)
    {
        Row row;
        GitHubApp app;
        await using (var session = await job.BeginAsync(cancel))
        {
            var found = await session.Connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                """
                select r.commit, r.site, r.environment, r.state, r.words, r.target, r.deployment, r.told_state as ToldState, p.owner, p.name, p.external_id as ExternalId, i.number
                from repositories.reports r join repositories.repositories p on p.tenant_id = r.tenant_id and p.id = r.repository_id join repositories.installations i on i.tenant_id = p.tenant_id and i.id = p.installation_id
                where r.tenant_id = @tenant and r.id = @Report and i.state = 'active'
                """, new { tenant = session.Tenant.Value, payload.Report }, cancellationToken: cancel));
            if (found is null || found.State == found.ToldState) return;
            row = found;
            app = await GitHubApp.FindAsync(settings, session, cancel) ?? throw GitHubApp.Missing();
        }
        var deployment = await TellAsync(app, row, async made => await KeepAsync(job, payload.Report, made, null, cancel), cancel);
        await KeepAsync(job, payload.Report, deployment, row.State, cancel);
    }

    private async Task<long> TellAsync(GitHubApp app, Row row, Func<long, Task> made, CancellationToken cancel)
    {
        var token = await tokens.GetAsync(app, row.Number, InstallationTokens.Reporting, row.ExternalId, cancel);
        var at = $"repos/{row.Owner}/{row.Name}/";
        var words = row.Words.Length > LongestWords ? row.Words[..LongestWords] : row.Words;
        await Send(at + "statuses/" + row.Commit, new JsonObject { ["state"] = row.State switch { "building" => "pending", "live" or "preview" or "overtaken" => "success", "failed" => "failure", _ => "error" }, ["target_url"] = row.Target, ["description"] = words, ["context"] = "rialto/" + row.Site });
        if (row.Deployment is not { } deployment)
        {
            var answer = await Send(at + "deployments", new JsonObject
            {
                ["ref"] = row.Commit, ["environment"] = row.Environment, ["description"] = words, ["auto_merge"] = false, ["required_contexts"] = new JsonArray(),
                ["production_environment"] = row.Environment == "production", ["transient_environment"] = row.Environment != "production",
            });
            deployment = answer["id"]?.GetValue<long>() ?? throw new Refusal("github.refused", "GitHub made no deployment.", 422);
            // Kept at once: a second try must not make a second deployment.
            await made(deployment);
        }
        var state = row.State switch { "building" => "in_progress", "live" or "preview" => "success", "overtaken" => "inactive", "failed" => "failure", _ => "error" };
        await Send(at + $"deployments/{deployment}/statuses", new JsonObject { ["state"] = state, ["environment_url"] = row.Target, ["log_url"] = row.Target, ["description"] = words });
        return deployment;

        Task<JsonNode> Send(string path, JsonObject body) => api.SendAsync(InstallationTokens.Speaker(row.Number), new Uri(app.Api, path), token, HttpMethod.Post, body, cancel);
    }

    private static async Task KeepAsync(Job job, Guid report, long deployment, string? told, CancellationToken cancel)
    {
        await using var session = await job.BeginAsync(cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "update repositories.reports set deployment = @deployment, told_state = coalesce(@told, told_state) where tenant_id = @tenant and id = @report", new { deployment, told, tenant = session.Tenant.Value, report }, cancellationToken: cancel));
        await session.CommitAsync(cancel);
    }

    private sealed record Row
    {
        public string Commit { get; init; } = "";

        public string Site { get; init; } = "";

        public string Environment { get; init; } = "";

        public string State { get; init; } = "";

        public string Words { get; init; } = "";

        public string Target { get; init; } = "";

        public long? Deployment { get; init; }

        public string? ToldState { get; init; }

        public string Owner { get; init; } = "";

        public string Name { get; init; } = "";

        public string ExternalId { get; init; } = "";

        public long Number { get; init; }
    }
}
