using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>
/// Writes a site into a folder: everything goes into a sibling first, which takes the folder's place only when the build is
/// whole. A reader never sees half a site, and nothing stale stays behind.
/// </summary>
public sealed class FolderOutput : ISiteOutput, IDisposable
{
    /// <summary>Marks a folder as made by this program, so that it may be replaced.</summary>
    public const string MarkName = ".rialto-site";

    private readonly string folder;
    private readonly string staging;
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private bool finished;

    /// <param name="folder">Where the site shall stand.</param>
    /// <param name="force">Replace the folder whatever it holds.</param>
    /// <exception cref="Refusal"><c>output.not_ours</c> when the folder holds something that this program did not write.</exception>
    public FolderOutput(string folder, bool force = false)
    {
        this.folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(this.folder)) throw new Refusal("output.is_file", $"{folder} is a file; name a folder for the site.");
        if (!force && Directory.Exists(this.folder) && Directory.EnumerateFileSystemEntries(this.folder).Any() && !File.Exists(Path.Combine(this.folder, MarkName)))
            throw new Refusal("output.not_ours", $"{folder} holds files that Rialto did not make; choose another folder, empty it, or say --force to replace it.", 409);
        var parent = Path.GetDirectoryName(this.folder) ?? throw new Refusal("output.is_root", "The root of the file system cannot be a site; name a folder.");
        Directory.CreateDirectory(parent);
        staging = Path.Combine(parent, $".{Path.GetFileName(this.folder)}.{Environment.ProcessId}.building");
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging);
    }

    /// <summary>Where files stand until <see cref="Finish"/>.</summary>
    public string StagingFolder => staging;

    /// <inheritdoc/>
    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        if (path.Length == 0 || path.Contains('\\') || Path.IsPathRooted(path) || path.Split('/').Any(segment => segment is "" or "." or ".."))
            throw new ArgumentException($"\"{path}\" is not a path inside the site.", nameof(path));
        var full = Path.Combine(staging, path);
        var parent = Path.GetDirectoryName(full)!;
        // Made inside the lock: who finds its name here finds the folder as well.
        lock (gate)
            if (made.Add(parent)) Directory.CreateDirectory(parent);
        using var handle = File.OpenHandle(full, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None, content.Length);
        RandomAccess.Write(handle, content.Span, 0);
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts the finished site in its place.</summary>
    public void Finish()
    {
        File.WriteAllText(Path.Combine(staging, MarkName), "Made by Rialto. The folder is replaced by the next build.\n");
        var old = staging + ".old";
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        if (Directory.Exists(folder)) Directory.Move(folder, old);
        Directory.Move(staging, folder);
        finished = true;
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
    }

    /// <summary>Takes an unfinished build away.</summary>
    public void Dispose()
    {
        if (!finished && Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
    }
}
