using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;

namespace Rialto.Repositories.Uploads;

/// <summary>A bare repository of ours into which an upload is taken: a bundle fetched, or the files of an archive committed.</summary>
internal sealed class UploadFolder : IAsyncDisposable
{
    private UploadFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes an empty one that goes when it is disposed.</summary>
    public static async Task<UploadFolder> CreateAsync(string? parent, CancellationToken cancel)
    {
        if (parent is not null) Directory.CreateDirectory(parent);
        var folder = new UploadFolder(ScratchFolder.Create("rialto-upload-", parent));
        await RunAsync(GitCommand.Bare(["init", "--quiet", "--bare", "--initial-branch=main", "--template=", folder.Path]), "upload.failed", cancel);
        return folder;
    }

    /// <summary>Takes branches and tags out of a bundle. Every object is checked as it comes.</summary>
    /// <exception cref="Refusal"><c>upload.damaged</c>.</exception>
    public async Task FetchAsync(string bundle, CancellationToken cancel)
    {
        var fetch = GitCommand.Bare(
            ["--git-dir", Path, "fetch", "--quiet", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", "--", bundle, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"],
            [("transfer.fsckObjects", "true"), ("fetch.unpackLimit", "1")], "file");
        await RunAsync(fetch with { Environment = new Dictionary<string, string?>(fetch.Environment) { ["GIT_ALLOC_LIMIT"] = "1g" } }, "upload.damaged", cancel);
    }

    /// <summary>Commits the files of an archive to <c>main</c>, after what is there.</summary>
    public async Task CommitAsync(ZipContents contents, DateTimeOffset at, CancellationToken cancel)
    {
        var parent = await TryReadAsync("refs/heads/main", cancel);
        await using var child = ChildProcess.Start(GitCommand.For(Path, "fast-import", "--quiet", "--done", "--date-format=raw"));
        try
        {
            await WriteAsync(child.Input, $"commit refs/heads/main\ncommitter Upload <upload@localhost> {at.ToUnixTimeSeconds()} +0000\ndata 7\nUpload\n\n", cancel);
            if (parent is not null) await WriteAsync(child.Input, $"from {parent}\n", cancel);
            await WriteAsync(child.Input, "deleteall\n", cancel);
            foreach (var entry in contents.Files)
            {
                var bytes = await contents.ReadAsync(entry, cancel);
                await WriteAsync(child.Input, $"M {(entry.IsLink ? "120000" : entry.IsExecutable ? "100755" : "100644")} inline {Quoted(entry.Path)}\ndata {bytes.Length}\n", cancel);
                await child.Input.WriteAsync(bytes, cancel);
                await WriteAsync(child.Input, "\n", cancel);
            }
            await WriteAsync(child.Input, "done\n", cancel);
            child.Input.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; what it said tells why.
        }
        if (await child.WaitAsync(cancel) != 0) throw new Refusal("upload.failed", "The archive's files could not be taken in; make it anew.");
    }

    /// <summary>Writes everything into one bundle.</summary>
    public Task BundleAsync(string file, CancellationToken cancel) => RunAsync(GitCommand.For(Path, "bundle", "create", "--quiet", file, "--all"), "upload.failed", cancel);

    /// <summary>Branches and their commits, ordered by name.</summary>
    public async Task<IReadOnlyList<(string Name, string Commit)>> BranchesAsync(CancellationToken cancel)
    {
        var lines = (await RunAsync(GitCommand.For(Path, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads"), "upload.failed", cancel)).OutputText;
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line[(line.IndexOf(' ') + 12)..], line[..line.IndexOf(' ')]))];
    }

    /// <summary>Makes HEAD name <paramref name="branch"/>.</summary>
    public void Point(string branch) => File.WriteAllText(System.IO.Path.Combine(Path, "HEAD"), $"ref: refs/heads/{branch}\n");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ScratchFolder.DeleteAsync(Path);

    private async Task<string?> TryReadAsync(string reference, CancellationToken cancel)
    {
        var answer = await ChildProcess.RunAsync(GitCommand.For(Path, "rev-parse", "--quiet", "--verify", reference), cancel: cancel);
        return answer.Succeeded ? answer.OutputText.Trim() : null;
    }

    private static async Task WriteAsync(Stream to, string text, CancellationToken cancel) => await to.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);

    private static async Task<ChildResult> RunAsync(ChildCommand command, string code, CancellationToken cancel) =>
        (await ChildProcess.RunAsync(command with { TimeoutSeconds = UploadLimits.TimeoutSeconds }, cancel: cancel)).OrRefuse(code, "The upload could not be read as a Git repository; make it anew with git bundle create --all, or as a ZIP archive");

    // A path is written as a C string: quotation marks and backslashes escaped, everything else as it is.
    private static string Quoted(string path) => "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
