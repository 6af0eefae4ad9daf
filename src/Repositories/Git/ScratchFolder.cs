namespace Rialto.Repositories.Git;

/// <summary>Folders of ours that last as long as a reading.</summary>
internal static class ScratchFolder
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A new folder that only this user can enter.</summary>
    /// <param name="prefix">Beginning of its name.</param>
    /// <param name="parent">Where; null for the system's temporary folder.</param>
    public static string Create(string prefix, string? parent = null)
    {
        if (parent is null) return Directory.CreateTempSubdirectory(prefix).FullName;
        var path = Path.Combine(parent, prefix + Path.GetRandomFileName());
        return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, (UnixFileMode)0b111_000_000)).FullName;
    }

    /// <summary>Takes the folder away. A child that has just been killed may write its last file while we delete, so this tries for two seconds.</summary>
    public static async ValueTask DeleteAsync(string path)
    {
        for (var attempt = 1; Directory.Exists(path); attempt++)
        {
            try
            {
                // Git writes its objects read-only, which elsewhere than on Unix keeps them from being deleted.
                if (OperatingSystem.IsWindows()) foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
                Directory.Delete(path, recursive: true);
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                if (attempt == Attempts) return;
                await Task.Delay(Pause);
            }
        }
    }
}
