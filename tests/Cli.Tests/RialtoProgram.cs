using System.Diagnostics;

namespace Rialto.Cli.Tests;

/// <summary>The real built program, run as people run it.</summary>
internal static class RialtoProgram
{
    public static Task<Ran> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string?>(), arguments);

    public static Task<Ran> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        StartAsync(Path.Combine(AppContext.BaseDirectory, "rialto"), environment, null, arguments);

    /// <summary>The folder of the checkout that these tests were built from.</summary>
    public static string Checkout { get; } = global::Rialto.Runner.Checkout.Find(AppContext.BaseDirectory);

    public static async Task<Ran> StartAsync(string program, IReadOnlyDictionary<string, string?> environment, string? folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ran(process.ExitCode, await output, await error);
    }
}

/// <summary>What a run of the program left.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error);
