using System.Diagnostics;
using Shouldly;

namespace Rialto.Journeys;

/// <summary>Programs run as a person would run them: arguments in, standard output out, exit code 0.</summary>
internal static class Programs
{
    /// <summary>Runs the <c>rialto</c> that lies beside the tests.</summary>
    public static Task<string> RialtoAsync(params string[] arguments) => RunAsync(Path.Combine(AppContext.BaseDirectory, "rialto"), arguments);

    /// <summary>Runs a program and returns what it printed; fails with its words when it fails.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }
}
