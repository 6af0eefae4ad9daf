using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;

namespace Rialto.Runner;

/// <summary>Starts the test programs, a few at a time, and says how each ended as it ends.</summary>
internal static class Rounds
{
    private const int AtOnce = 2;

    // It measures how quick pages are: nothing may run beside it.
    private static readonly string[] Alone = ["Journeys"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    public static async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<TestProgram> programs, Selection selection, string results, TextWriter log)
    {
        Directory.CreateDirectory(results);
        using var places = new SemaphoreSlim(AtOnce);
        var width = programs.Select(program => program.Name.Length).DefaultIfEmpty().Max();
        Outcome[] together = await Task.WhenAll(programs.Where(program => !Alone.Contains(program.Name)).Select(OneAsync));
        var after = new List<Outcome>();
        foreach (var program in programs.Where(program => Alone.Contains(program.Name))) after.Add(await OneAsync(program));
        return [.. together, .. after];

        async Task<Outcome> OneAsync(TestProgram program)
        {
            await places.WaitAsync();
            try
            {
                var outcome = await RunAsync(program, selection.Filters(), Path.Combine(results, program.Name + ".xml"));
                lock (log) log.WriteLine(Summary.Line(outcome, width));
                return outcome;
            }
            finally
            {
                places.Release();
            }
        }
    }

    internal static async Task<Outcome> RunAsync(TestProgram program, IReadOnlyList<string> filters, string resultPath)
    {
        var watch = Stopwatch.StartNew();
        File.Delete(resultPath);
        if (!File.Exists(program.Path)) return Broken(program, watch, "it was not built: " + Path.GetFileName(program.Path), "");
        var start = new ProcessStartInfo(program.Path, ["-noColor", "-noLogo", "-diagnostics", "-longRunning", "60", "-xml", resultPath, .. filters])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return Broken(program, watch, $"it took longer than {Patience.TotalMinutes} minutes and was stopped", await output);
        }
        var words = await output + await error;
        if (ReadXml(resultPath) is not { } document) return Broken(program, watch, $"it ended with {process.ExitCode} and without a result", words);
        var outcome = ResultFile.Read(program.Name, watch.Elapsed.TotalSeconds, document);
        return process.ExitCode == 0 || outcome.Failures.Count > 0
            ? outcome
            : outcome with { Failures = [new Failure(program.Name, $"it ended with {process.ExitCode} although no test failed", Tail(words))] };
    }

    private static XDocument? ReadXml(string path)
    {
        try
        {
            return File.Exists(path) ? XDocument.Load(path) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static Outcome Broken(TestProgram program, Stopwatch watch, string message, string words) =>
        new(program.Name, watch.Elapsed.TotalSeconds) { Failures = [new Failure(program.Name, message, Tail(words))] };

    private static string Tail(string words) => string.Join('\n', words.Split('\n').TakeLast(30)).TrimEnd();
}
