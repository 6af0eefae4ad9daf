using System.Globalization;
using System.Runtime.InteropServices;

namespace Rialto.Bench;

/// <summary>What a program and all it started use, as Linux counts it; zeros on other systems.</summary>
internal static class ProcessTree
{
    private const int Children = -1;

    /// <summary>Processor time of all children that have ended and were waited for, theirs included.</summary>
    public static double EndedCpuSeconds()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var usage = new long[18];
        return getrusage(Children, usage) == 0 ? usage[0] + usage[2] + (usage[1] + usage[3]) / 1e6 : 0;
    }

    /// <summary>Resident memory of a process and its descendants now.</summary>
    public static long ResidentBytes(int id)
    {
        try
        {
            var bytes = Field(id, "VmRSS:");
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
                foreach (var child in File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    bytes += ResidentBytes(int.Parse(child, CultureInfo.InvariantCulture));
            return bytes;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The high-water mark of one process: Linux keeps it itself, so looking now and then is enough.</summary>
    public static long PeakBytes(int id) => Field(id, "VmHWM:");

    private static long Field(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int getrusage(int who, [Out] long[] usage);
}
