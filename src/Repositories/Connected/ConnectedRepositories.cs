using Rialto.Kernel;
using Rialto.Repositories.GitHub;
using Rialto.Repositories.Uploads;

namespace Rialto.Repositories.Connected;

/// <inheritdoc cref="IConnectedRepositories"/>
internal sealed class ConnectedRepositories(Database database, ISourceReader reader, RemoteLook remotes, RepositoryAccess access, RepositorySecrets locked, UploadedRepositories uploads) : IConnectedRepositories
{
    public async Task<ISourceTree> OpenAsync(TenantId tenant, string source, string? reference = null, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        RepositoryInfo? found;
        BlobId? bundle = null;
        // The session ends before the network is asked: a slow host must not hold a connection.
        await using (var session = await database.BeginAsync(tenant, cancel))
        {
            found = await RepositoryStore.TryFindAsync(session, source, cancel);
            if (found?.Kind == "upload") bundle = await UploadStore.BundleAsync(session, found.Id, cancel) ?? throw RepositoryStore.NotFound();
        }
        // What somebody named without connecting it is read as anybody may read it, never with the server's own rights.
        if (found is null && (source.Contains("://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal))) return await remotes.OpenAsync(RemoteLook.Parse(reference is null ? source : $"{source}@{reference}"), null, null, progress, cancel);
        if (found is null or { Kind: "local" }) return await reader.OpenAsync(reference is null ? source : $"{source}@{reference}", progress: progress, cancel: cancel);
        if (bundle is { } uploaded) return await uploads.OpenAsync(uploaded, found.Name, found.DefaultBranch ?? "main", reference, cancel);
        if (found.State == "suspended") throw new Refusal("repositories.suspended", "The app of this repository is suspended on its forge; lift that there, then build again.", 409);
        return await remotes.OpenAsync(RemoteLook.Parse(reference is null ? source : $"{source}@{reference}"), await access.TokenAsync(tenant, found, cancel), found.Id, progress, cancel);
    }

    public Task ReportAsync(TenantSession session, CommitReport report, CancellationToken cancel = default) => Reports.AskAsync(session, report, cancel);

    public async Task KeepFactsAsync(TenantSession session, string source, string branch, string commit, string facts, int score, int secrets, CancellationToken cancel = default)
    {
        if (await RepositoryStore.TryFindAsync(session, source, cancel) is { } found) await FactsOperation.KeepAsync(session, found.Id, branch, commit, facts, score, secrets, cancel);
    }

    public Task<RepositoryInfo?> FindAsync(TenantSession session, string source, CancellationToken cancel = default) => RepositoryStore.TryFindAsync(session, source, cancel);

    public async Task<RepositoryInfo> AddLocalAsync(TenantSession session, string source, CancellationToken cancel = default)
    {
        var id = Guid.CreateVersion7();
        var added = new NewRepository { Id = id, Kind = "local", Provider = "local", Source = source, Name = NameOf(source), HookSecret = (await locked.NewHookSecretAsync(session, id, cancel)).Kept };
        return await RepositoryStore.AddAsync(session, added, cancel) ?? (await RepositoryStore.TryFindAsync(session, source, cancel))!;
    }

    private static string NameOf(string source)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Directory.Exists(source) ? Path.GetFullPath(source) : source));
        return name.EndsWith(".git", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name.Length > 0 ? name : source;
    }
}
