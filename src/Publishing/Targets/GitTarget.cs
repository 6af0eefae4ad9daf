using System.Text;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <summary>A branch of a repository, as GitHub Pages and others serve it. The token goes to the repository's host only.</summary>
internal sealed class GitTarget(IBranchWriter branches, PublishingOptions options, TimeProvider clock) : ITargetDriver
{
    public string Kind => "git";

    public (string[] Required, string[] Optional) Settings => (["repository"], ["branch", "domain", "url"]);

    public bool NeedsSecret => false;

    public async Task<Deployed> DeployAsync(TargetAccess access, TargetRelease release, CancellationToken cancel)
    {
        var files = release.Files.Where(file => file.Path is not ("_headers" or "_redirects" or ".nojekyll" or "CNAME"))
            .Select(file => new BranchFile(file.Path, file.Bytes, token => release.Blobs.OpenAsync(BlobId.Parse(file.Blob), token))).ToList();
        // The files are what they are to be: nothing is to work on them once more.
        files.Add(Own(".nojekyll", ""));
        if (access["domain"].Length > 0) files.Add(Own("CNAME", access["domain"] + "\n"));
        var written = await branches.WriteAsync(new BranchContent
        {
            Source = access["repository"], Branch = access["branch", "gh-pages"], Message = $"{release.Site} of {release.Commit[..Math.Min(12, release.Commit.Length)]}\n", At = clock.GetUtcNow(),
            Token = access.Secret.Length > 0 ? access.Secret : null, AllowsFolder = options.AllowsLocalTargets, Files = files,
        }, cancel);
        return new Deployed(access["url"] is { Length: > 0 } url ? url : null, written.Commit, written.IsNew ? files.Count : 0, written.IsNew ? files.Sum(file => file.Bytes) : 0);
    }

    private static BranchFile Own(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new BranchFile(path, bytes.Length, _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)));
    }
}
