using System.Diagnostics;
using System.Globalization;

namespace Rialto.Bench;

/// <summary>Programs as sides of a comparison.</summary>
internal static class Child
{
    /// <summary>Runs a program, its output thrown away; null when it is not on this machine. A run that fails ends the benchmark.</summary>
    public static Func<CancellationToken, Task<Sample>>? Of(string program, params string[] arguments) => In(null, program, arguments);

    /// <inheritdoc cref="Of"/>
    public static Func<CancellationToken, Task<Sample>>? In(string? folder, string program, params string[] arguments) =>
        Locate(program) is { } path ? cancel => RunAsync(folder, path, arguments, cancel) : null;

    private static string? Locate(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<Sample> RunAsync(string? folder, string path, string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        var ended = process.WaitForExitAsync(cancel);
        long peak = 0;
        while (await Task.WhenAny(ended, Task.Delay(20, cancel)) != ended) peak = Math.Max(peak, PeakBytes(process.Id));
        await ended;
        var seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(path)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {(await error).Trim()}{(await output).Trim()}");
        return new Sample(seconds, peak);
    }

    // Linux keeps the high-water mark itself, so looking now and then is enough; of the program alone, not of its children.
    private static long PeakBytes(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
