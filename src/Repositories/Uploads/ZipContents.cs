using System.IO.Compression;
using Rialto.Kernel;

namespace Rialto.Repositories.Uploads;

/// <summary>
/// An uploaded ZIP archive as entries of a tree. Nothing is written to disk under a name of the archive's choosing; sizes are those that
/// really come out, not those it claims; archives inside it are files like any other.
/// </summary>
internal sealed class ZipContents : IDisposable
{
    private const int LinkType = 0xA000, FileType = 0x8000, FolderType = 0x4000, TypeMask = 0xF000, ExecuteBits = 0b001_001_001, LongestLink = 4096;
    private readonly ZipArchive archive;
    private readonly long packedBytes;
    private long inflated;

    private ZipContents(ZipArchive archive, long packedBytes, IReadOnlyList<ZipFile> files) => (this.archive, this.packedBytes, Files) = (archive, packedBytes, files);

    /// <summary>Files, ordered by path, each once.</summary>
    public IReadOnlyList<ZipFile> Files { get; }

    /// <summary>Opens the archive and looks at all its names.</summary>
    /// <exception cref="Refusal"><c>upload.damaged</c>, <c>upload.too_many_files</c>, <c>upload.bad_path</c>, <c>upload.bad_entry</c>, <c>upload.empty</c>.</exception>
    public static ZipContents Open(string path)
    {
        RefuseCrowd(path);
        ZipArchive archive;
        try
        {
            archive = ZipFileRead(path);
            _ = archive.Entries.Count;
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
        try
        {
            return new ZipContents(archive, new FileInfo(path).Length, Look(archive));
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of one file.</summary>
    /// <exception cref="Refusal"><c>upload.too_large</c>, <c>upload.bomb</c>, <c>upload.damaged</c>.</exception>
    public async Task<byte[]> ReadAsync(ZipFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            await using var stream = file.Entry.Open();
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                inflated += count;
                if (bytes.Length + count > (file.IsLink ? LongestLink : UploadLimits.MostFileBytes)) throw new Refusal("upload.too_large", $"{file.Path} is larger than {UploadLimits.MostFileBytes} bytes; leave it out of the archive.", 413);
                if (inflated > UploadLimits.MostInflatedBytes || (inflated > UploadLimits.FreeInflatedBytes && inflated > packedBytes * UploadLimits.MostRatio))
                    throw new Refusal("upload.bomb", $"Far more comes out of the archive than fits: over {inflated} bytes from {packedBytes}.", 413);
                bytes.Write(buffer, 0, count);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException)
        {
            throw Damaged();
        }
        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private static ZipArchive ZipFileRead(string path) => new(File.OpenRead(path), ZipArchiveMode.Read);

    // Before a list of all entries is made in memory: as many as there are heads of entries in the bytes there can be at most.
    private static void RefuseCrowd(string path)
    {
        ReadOnlySpan<byte> head = [0x50, 0x4B, 0x01, 0x02];
        using var stream = File.OpenRead(path);
        var buffer = new byte[1024 * 1024];
        var (kept, count) = (0, 0);
        while (stream.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var span = buffer.AsSpan(0, kept + read);
            for (var at = span.IndexOf(head); at >= 0; at = span.IndexOf(head))
            {
                if (++count > UploadLimits.MostFiles * 2) throw TooMany();
                span = span[(at + head.Length)..];
            }
            kept = Math.Min(head.Length - 1, span.Length);
            span[^kept..].CopyTo(buffer);
        }
    }

    private static List<ZipFile> Look(ZipArchive archive)
    {
        var found = new List<(string Path, ZipArchiveEntry Entry, int Mode)>();
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/') && entry.Length == 0) continue;
            if (ArchivePath.Checked(entry.FullName) is not { } path) continue;
            if (entry.IsEncrypted) throw new Refusal("upload.bad_entry", $"{path} is encrypted; make the archive without a password.", 422);
            var mode = (int)((uint)entry.ExternalAttributes >> 16);
            if ((mode & TypeMask) is not (0 or FileType or LinkType) and not FolderType) throw new Refusal("upload.bad_entry", $"{path} is neither a file nor a link.", 422);
            if ((mode & TypeMask) == FolderType) continue;
            found.Add((path, entry, mode));
            if (found.Count > UploadLimits.MostFiles) throw TooMany();
        }
        if (found.Count == 0) throw new Refusal("upload.empty", "The archive holds no file.", 422);
        var root = ArchivePath.CommonRoot([.. found.Select(file => file.Path)]);
        var files = found.Select(file => new ZipFile(file.Path[root.Length..], file.Entry, (file.Mode & TypeMask) == LinkType, (file.Mode & ExecuteBits) != 0)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        RefuseClashes(files);
        return files;
    }

    // The same name twice, or a name that is a file and a folder: one of the two would hide the other.
    private static void RefuseClashes(List<ZipFile> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!names.Add(file.Path)) throw new Refusal("upload.bad_entry", $"{file.Path} is in the archive twice.", 422);
            for (var slash = file.Path.LastIndexOf('/'); slash > 0; slash = file.Path.LastIndexOf('/', slash - 1))
                if (!folders.Add(file.Path[..slash])) break;
        }
        if (files.FirstOrDefault(file => folders.Contains(file.Path)) is { } clash) throw new Refusal("upload.bad_entry", $"{clash.Path} is both a file and a folder in the archive.", 422);
    }

    private static Refusal TooMany() => new("upload.too_many_files", $"The archive holds more than {UploadLimits.MostFiles} files; leave out what is made from others.", 413);

    private static Refusal Damaged() => new("upload.damaged", "The archive is damaged or of a kind that cannot be read; make it anew.", 422);
}

/// <param name="Path">Where it goes in the tree.</param>
/// <param name="Entry">Where it comes from.</param>
/// <param name="IsLink">A symbolic link: kept as one, never followed.</param>
/// <param name="IsExecutable">May be run, as the archive says.</param>
internal sealed record ZipFile(string Path, ZipArchiveEntry Entry, bool IsLink, bool IsExecutable);
