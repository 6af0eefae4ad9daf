using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Mirrors;
using Rialto.Repositories.Reading;
using Rialto.Repositories.Refs;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Remote;

/// <summary>
/// Opens a repository elsewhere: its references first, then the files of one commit without history and, beside them, some
/// history without files. Two small fetches cost less than one deep one, and authors and activity stay useful.
/// </summary>
internal static class RemoteReading
{
    private const int HistoryDepth = 1000;

    // A host that cannot leave out files sends them with the history; past this it is not worth its price, and the history is one commit.
    private const long MaxHistoryBytes = 256L * 1024 * 1024;

    public static async Task<ISourceTree> OpenAsync(RemoteSource source, SourceLimits limits, RemoteAccess access, IProgress<string>? progress, CancellationToken cancel, string? mirror = null)
    {
        HostName.RefuseLookAlike(source.Host, limits.AllowedHosts);
        await GitVersion.RefuseOldAsync(cancel);
        var remote = RemoteGit.For(source, await HostAddresses.ResolveAsync(source.Scheme, source.Host, limits.AllowPrivateHosts, cancel), access);
        return await OpenAsync(source, remote, limits, access.Folder, progress, cancel, mirror);
    }

    /// <summary>The rest, once the address is known to be a good one. With <paramref name="mirror"/> what is fetched stays there and the next fetch brings only what is new.</summary>
    internal static async Task<ISourceTree> OpenAsync(RemoteSource source, RemoteGit remote, SourceLimits limits, string? folder, IProgress<string>? progress, CancellationToken cancel, string? mirror = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(limits.FetchTimeoutSeconds));
        try
        {
            progress?.Report($"Asking {source.Host}");
            (var refs, remote) = await RemoteRefs.ReadAsync(remote, source.Host, deadline.Token);
            var choice = Whole(RefChoice.Choose(source.Ref, refs), refs);
            progress?.Report($"Fetching {source.Name}");
            var fetched = mirror is null ? await FetchAsync(source, remote, choice, limits, Fetched.Anew(choice.Name, folder), deadline.Token)
                : await FetchAsync(source, remote, choice, limits, folder, mirror, deadline.Token);
            return await ReadAsync(source, refs, choice, fetched, limits, cancel);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new Refusal("repository.fetch_timeout", $"{source.Host} took longer than {limits.FetchTimeoutSeconds} seconds (FetchTimeoutSeconds); try again, or raise it with RIALTO_FETCH_TIMEOUT_SECONDS.", 503)
            {
                Details = new Dictionary<string, string> { ["limit"] = nameof(SourceLimits.FetchTimeoutSeconds), ["value"] = limits.FetchTimeoutSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            };
        }
    }

    // A remote cannot be asked for a part of a name, but what it offers can be compared with one.
    private static RefChoice Whole(RefChoice choice, RefTable refs)
    {
        if (RefName.IsFullId(choice.Name)) return choice;
        var known = refs.Names.Values.Append(refs.Head ?? "").Where(id => id.StartsWith(choice.Name, StringComparison.Ordinal)).Distinct().Take(2).ToArray();
        return known.Length == 1 ? choice with { Name = known[0] }
            : throw new Refusal("repository.ref_not_found", $"Give the commit {choice.Name} with all its digits: it is no branch's or tag's newest, and a remote repository cannot be asked for a part of a name.", 404);
    }

    private static async Task<Fetched> FetchAsync(RemoteSource source, RemoteGit remote, RefChoice choice, SourceLimits limits, string? folder, string root, CancellationToken cancel)
    {
        using var mirror = await Mirror.TryTakeAsync(root, choice.Name, cancel);
        if (mirror is null) return await FetchAsync(source, remote, choice, limits, Fetched.Anew(choice.Name, folder), cancel);
        var kept = new Fetched(mirror.Files, mirror.History) { IsDeep = true };
        try
        {
            if (!mirror.Has(choice.Name))
            {
                kept = await FetchAsync(source, remote, choice, limits, kept, cancel);
                if (kept.IsDeep) mirror.Keep(choice.Name);
            }
            return new Fetched(mirror.Files.View(folder), mirror.History.View(folder)) { IsDeep = kept.IsDeep };
        }
        catch (Refusal failure) when (failure.Code is "repository.fetch_failed" or "repository.object_missing")
        {
            // Perhaps what is kept here is damaged: once without it, and the next time with a new one.
            mirror.Abandon();
            return await FetchAsync(source, remote, choice, limits, Fetched.Anew(choice.Name, folder), cancel);
        }
    }

    private static async Task<Fetched> FetchAsync(RemoteSource source, RemoteGit remote, RefChoice choice, SourceLimits limits, Fetched fetched, CancellationToken cancel)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var history = fetched.History.FetchAsync(remote, choice.Name, Math.Min(limits.MaxFetchBytes, MaxHistoryBytes), ["--depth=" + HistoryDepth, "--filter=tree:0"], together.Token);
        try
        {
            var files = await fetched.Files.FetchAsync(remote, choice.Name, limits.MaxFetchBytes, ["--depth=1"], together.Token);
            if (!files.Succeeded) throw RemoteFailure.From(files, source.Host);
            return fetched with { IsDeep = await SucceededAsync(history) };
        }
        catch
        {
            // Nothing is deleted under a Git that still writes: the other fetch is ended first.
            await together.CancelAsync();
            await history.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await fetched.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> SucceededAsync(Task<ChildResult> history)
    {
        try
        {
            return (await history).Succeeded;
        }
        catch (Refusal tooLarge) when (tooLarge.Code == "repository.fetch_too_large")
        {
            return false;
        }
    }

    private static async Task<ISourceTree> ReadAsync(RemoteSource source, RefTable refs, RefChoice choice, Fetched fetched, SourceLimits limits, CancellationToken cancel)
    {
        var (files, history) = (fetched.Files, fetched.History);
        var pool = new ObjectPool(files.Path, limits.MaxFileBytes);
        try
        {
            var commit = await CommitRecord.ReadAsync(pool, choice, refs, cancel);
            files.Point(commit.Id);
            var entries = await TreeListing.ReadAsync(files.Path, commit.Id, limits, cancel);
            var log = new CommitLog(fetched.IsDeep ? history.Path : files.Path, commit.Id, fetched.IsDeep ? await MailmapAsync(entries, pool, history, cancel) : null);
            var tags = new TagList(refs, new ObjectPool(history.Path, limits.MaxFileBytes), keepUnknown: true);
            return new GitTree(Identify(source, choice, refs, commit, !fetched.IsDeep || history.IsShallow), entries, pool, log, tags, [files, history], limits);
        }
        catch
        {
            await pool.DisposeAsync();
            await fetched.DisposeAsync();
            throw;
        }
    }

    // The history's folder holds no files, so Git is given the mailmap by hand.
    private static async Task<string?> MailmapAsync(SourceEntry[] entries, ObjectPool pool, FetchFolder history, CancellationToken cancel)
    {
        var file = Path.Combine(history.Path, "mailmap");
        var entry = Array.Find(entries, candidate => candidate is { Path: ".mailmap", IsFile: true });
        await File.WriteAllBytesAsync(file, entry is null ? [] : (await pool.ReadAsync(entry.ObjectId, entry.Path, cancel)).Content, cancel);
        return file;
    }

    private static SourceIdentity Identify(RemoteSource source, RefChoice choice, RefTable refs, CommitRecord commit, bool shallow) => new()
    {
        Source = source.Url, Name = source.Name, Owner = source.Owner, Host = source.Host, WebUrl = source.WebUrl,
        Commit = commit.Id, Ref = choice.ShortName, DefaultBranch = refs.HeadBranch, CommittedAt = commit.CommittedAt, IsShallow = shallow,
    };

    /// <summary>What came.</summary>
    private sealed record Fetched(FetchFolder Files, FetchFolder History) : IAsyncDisposable
    {
        public bool IsDeep { get; init; }

        public static Fetched Anew(string commit, string? folder) => new(FetchFolder.Create(commit, folder), FetchFolder.Create(commit, folder));

        public async ValueTask DisposeAsync()
        {
            await Files.DisposeAsync();
            await History.DisposeAsync();
        }
    }
}
