using System.ComponentModel;
using System.Diagnostics;

namespace Rialto.Testing;

/// <summary>A folder on a file system of its own of a few kilobytes, so that it can really be full. Only root may make one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Mounts one at <paramref name="folder"/>; null where that is not allowed.</summary>
    public static SmallDisk? TryMount(string folder, int kilobytes)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "rialto-small", folder) ? new SmallDisk(folder) : null;
    }

    /// <summary>Writes until nothing more fits and returns the file that takes the room.</summary>
    public string Fill()
    {
        var path = Path.Combine(folder, "filler");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var block = new byte[4096];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            return path;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "--lazy", folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
