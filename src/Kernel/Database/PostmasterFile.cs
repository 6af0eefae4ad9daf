using System.Diagnostics;

namespace Rialto.Kernel;

/// <summary>What a server wrote into <c>postmaster.pid</c>. The file outlives a crash, so its words are checked against the running processes.</summary>
/// <param name="ProcessId">Process of the server.</param>
/// <param name="Port">Number in the socket's name.</param>
/// <param name="SocketFolder">Folder of the socket.</param>
/// <param name="IsReady">The server accepts connections.</param>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder, bool IsReady)
{
    private const int ProcessLine = 0, PortLine = 3, SocketLine = 4, StatusLine = 7;

    /// <summary>Path of the file inside a cluster.</summary>
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Reads the file of <paramref name="cluster"/>; null when there is none or it is only half written.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(cluster));
            if (lines.Length <= SocketLine || !int.TryParse(lines[ProcessLine], out var process) || !int.TryParse(lines[PortLine], out var port)) return null;
            return new PostmasterFile(process, port, lines[SocketLine].Trim(), lines.Length > StatusLine && lines[StatusLine].Trim() == "ready");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }

    /// <summary>True when that process still runs and is a PostgreSQL, and not another program that got the number since.</summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
