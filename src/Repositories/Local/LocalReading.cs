using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Reading;
using Rialto.Repositories.Refs;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories.Local;

/// <summary>Opens a repository on this machine. Its files are read as data; no Git ever runs with its configuration.</summary>
internal static class LocalReading
{
    public static async Task<ISourceTree> OpenAsync(LocalSource source, SourceLimits limits, CancellationToken cancel)
    {
        var folder = GitFolder.Find(source.Path);
        if (Directory.Exists(Path.Combine(folder.CommonDirectory, "reftable")))
            throw new Refusal("repository.unsupported", $"{source.Path} keeps its references as a reftable, which cannot be read safely; run git refs migrate --ref-format=files there.");
        var refs = RefFiles.Read(folder.GitDirectory, folder.CommonDirectory);
        var choice = RefChoice.Choose(source.Ref, refs);
        var idLength = (refs.Head ?? choice.Name).Length == 64 ? 64 : 40;
        var view = ObjectView.Create(folder.Objects, refs.Head ?? choice.Name.PadRight(idLength, '0')[..idLength], folder.Shallow);
        var pool = new ObjectPool(view.Path, limits.MaxFileBytes);
        try
        {
            var commit = await CommitRecord.ReadAsync(pool, choice, refs, cancel);
            view.Point(commit.Id);
            var entries = await TreeListing.ReadAsync(view.Path, commit.Id, limits, cancel);
            var origin = await Origin.ReadAsync(folder, cancel);
            return new GitTree(Identify(source, folder, origin, choice, refs, commit), entries, pool, new CommitLog(view.Path, commit.Id, null), new TagList(refs, pool), [view], limits);
        }
        catch
        {
            await pool.DisposeAsync();
            await view.DisposeAsync();
            throw;
        }
    }

    private static SourceIdentity Identify(LocalSource source, GitFolder folder, RemoteSource? origin, RefChoice choice, RefTable refs, CommitRecord commit) => new()
    {
        Source = source.Path,
        Name = origin?.Name ?? FolderName(folder.Root),
        Owner = origin?.Owner,
        Host = origin?.Host,
        WebUrl = origin?.WebUrl,
        Commit = commit.Id,
        Ref = choice.ShortName,
        DefaultBranch = refs.HeadBranch,
        CommittedAt = commit.CommittedAt,
        IsShallow = folder.Shallow is not null,
    };

    private static string FolderName(string root)
    {
        var name = Path.GetFileName(root);
        return name.EndsWith(".git", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;
    }
}
