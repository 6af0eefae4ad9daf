using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Carries a release to one kind of place elsewhere. Being done twice with the same release must end in the same state.</summary>
internal interface ITargetDriver
{
    /// <summary>As stored: <c>netlify</c>.</summary>
    string Kind { get; }

    /// <summary>Settings that must be given, then those that may.</summary>
    (string[] Required, string[] Optional) Settings { get; }

    /// <summary>True when nothing can be done without a secret.</summary>
    bool NeedsSecret { get; }

    /// <summary>Brings the place to the state of <paramref name="release"/>.</summary>
    /// <exception cref="Refusal"><c>targets.*</c>, <c>outgoing.*</c>; 503 and 429 when another try may help.</exception>
    Task<Deployed> DeployAsync(TargetAccess access, TargetRelease release, CancellationToken cancel);
}

/// <param name="Settings">What its owner gave.</param>
/// <param name="Secret">Key or token; empty without.</param>
internal sealed record TargetAccess(IReadOnlyDictionary<string, string> Settings, string Secret)
{
    /// <summary>A setting, or another value where it was left out.</summary>
    public string this[string name, string otherwise = ""] => Settings.TryGetValue(name, out var value) && value.Length > 0 ? value : otherwise;
}

/// <param name="Url">Where it stands now; null when the place does not say.</param>
/// <param name="RemoteId">What the place calls it.</param>
/// <param name="Uploaded">Files that had to be sent.</param>
/// <param name="UploadedBytes">Their size.</param>
internal sealed record Deployed(string? Url, string? RemoteId, int Uploaded, long UploadedBytes);

/// <summary>A release on its way.</summary>
/// <param name="Site">Name.</param>
/// <param name="Commit">What it was made from.</param>
/// <param name="Files">Its files.</param>
/// <param name="Before">What the place had after its last good deployment; null when that is not known.</param>
/// <param name="IsBeforeExact">False when a deployment failed since: some of its files may have come.</param>
/// <param name="Blobs">Where the bytes are.</param>
internal sealed record TargetRelease(string Site, string Commit, IReadOnlyList<ManifestFile> Files, IReadOnlyList<ManifestFile>? Before, bool IsBeforeExact, IBlobStore Blobs)
{
    private const long LargestBytes = 100 * 1024 * 1024;

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="Refusal"><c>targets.file_too_large</c>, <c>blobs.missing</c>.</exception>
    public async Task<byte[]> ReadAsync(ManifestFile file, CancellationToken cancel)
    {
        if (file.Bytes > LargestBytes) throw new Refusal("targets.file_too_large", $"{file.Path} has {file.Bytes / 1048576} MB; more than {LargestBytes / 1048576} MB are not carried to other places.");
        var bytes = new byte[file.Bytes];
        await using var stream = await Blobs.OpenAsync(BlobId.Parse(file.Blob), cancel);
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    /// <summary>SHA-1 of every file, as Netlify and Vercel name content: digest → a file that has it.</summary>
    public async Task<IReadOnlyDictionary<string, ManifestFile>> BySha1Async(Dictionary<string, string> digests, CancellationToken cancel)
    {
        var found = new Dictionary<string, ManifestFile>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
#pragma warning disable CA5350 // Their interfaces name files so; nothing is proved by it.
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(await ReadAsync(file, cancel)));
#pragma warning restore CA5350
            digests[file.Path] = digest;
            found.TryAdd(digest, file);
        }
        return found;
    }
}
