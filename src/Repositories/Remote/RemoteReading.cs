using Rialto.Kernel;
using Rialto.Repositories.Git;
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

    public static async Task<ISourceTree> OpenAsync(RemoteSource source, SourceLimits limits, IProgress<string>? progress, CancellationToken cancel)
    {
        HostName.RefuseLookAlike(source.Host, limits.AllowedHosts);
        var remote = RemoteGit.For(source, await HostAddresses.ResolveAsync(source.Host, limits.AllowPrivateHosts, cancel));
        return await OpenAsync(source, remote, limits, progress, cancel);
    }

    /// <summary>The rest, once the address is known to be a good one.</summary>
    internal static async Task<ISourceTree> OpenAsync(RemoteSource source, RemoteGit remote, SourceLimits limits, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report($"Asking {source.Host}");
        var refs = await RemoteRefs.ReadAsync(remote, limits.FetchTimeoutSeconds, cancel);
        var choice = RefChoice.Choose(source.Ref, refs);
        if (!RefName.IsFullId(choice.Name)) throw new Refusal("repository.ref_not_found", $"Give the commit {choice.Name} with all its digits: a remote repository cannot be asked for a part of them.", 404);

        progress?.Report($"Fetching {source.Name}");
        var files = FetchFolder.Create(choice.Name);
        var history = FetchFolder.Create(choice.Name);
        var pool = new ObjectPool(files.Path, limits.MaxFileBytes);
        try
        {
            var fetchingHistory = history.FetchAsync(remote, choice.Name, limits.FetchTimeoutSeconds, ["--depth=" + HistoryDepth, "--filter=tree:0"], cancel);
            var fetchedFiles = await files.FetchAsync(remote, choice.Name, limits.FetchTimeoutSeconds, ["--depth=1"], cancel);
            var deep = (await fetchingHistory).Succeeded;
            fetchedFiles.OrRefuse("repository.fetch_failed", "The commit could not be fetched; try again, or clone it and give the folder.", 503);
            var commit = await CommitRecord.ReadAsync(pool, choice, refs, cancel);
            files.Point(commit.Id);
            var entries = await TreeListing.ReadAsync(files.Path, commit.Id, limits, cancel);
            var log = new CommitLog(deep ? history.Path : files.Path, commit.Id, deep ? await MailmapAsync(entries, pool, history, cancel) : null);
            var tags = new TagList(refs, new ObjectPool(history.Path, limits.MaxFileBytes), keepUnknown: true);
            return new GitTree(Identify(source, choice, refs, commit, !deep || history.IsShallow), entries, pool, log, tags, [files, history], limits);
        }
        catch
        {
            await pool.DisposeAsync();
            files.Dispose();
            history.Dispose();
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
}
