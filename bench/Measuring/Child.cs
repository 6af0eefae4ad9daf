using System.Diagnostics;

namespace Rialto.Bench;

/// <summary>Programs as sides of a comparison.</summary>
internal static class Child
{
    /// <summary>Runs a program, its output thrown away; null when it is not on this machine. A run that fails ends the benchmark.</summary>
    public static Func<CancellationToken, Task<Sample>>? Of(string program, params string[] arguments) => In(null, program, arguments);

    /// <inheritdoc cref="Of"/>
    public static Func<CancellationToken, Task<Sample>>? In(string? folder, string program, params string[] arguments) =>
        Locate(program) is { } path ? cancel => RunAsync(folder, path, arguments, new Dictionary<string, string>(), cancel) : null;

    /// <summary>The full path of a program, or null when it is not on this machine.</summary>
    public static string? Locate(string program) =>
        Path.IsPathRooted(program)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program once, with variables on top of the environment.</summary>
    public static async Task<Sample> RunAsync(string? folder, string path, string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var cpuBefore = ProcessTree.EndedCpuSeconds();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        var ended = process.WaitForExitAsync(cancel);
        long peak = 0, treePeak = 0;
        while (await Task.WhenAny(ended, Task.Delay(20, cancel)) != ended)
            (peak, treePeak) = (Math.Max(peak, ProcessTree.PeakBytes(process.Id)), Math.Max(treePeak, ProcessTree.ResidentBytes(process.Id)));
        await ended;
        var seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(path)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {(await error).Trim()}{(await output).Trim()}");
        return new Sample(seconds, peak, ProcessTree.EndedCpuSeconds() - cpuBefore, treePeak);
    }
}
