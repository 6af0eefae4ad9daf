namespace Rialto.Kernel;

/// <summary>One process at a time, by an exclusively opened file. The system frees it when its holder dies.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Waits until the lock on <paramref name="path"/> is ours. The file stays behind, empty.</summary>
    public static async Task<FileLock> TakeAsync(string path, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(25, cancel);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
