using System.Text.Json;
using Rialto.Kernel;
using Rialto.Secrets;

namespace Rialto.Cli;

/// <summary>Says what went wrong on standard error, in the reader's language or the program's, and chooses the exit code.</summary>
internal static class Failures
{
    public static int Report(Exception failure, Terminal terminal, CancellationToken cancel = default)
    {
        terminal.Clear();
        return failure switch
        {
            OperationCanceledException when cancel.IsCancellationRequested => Stopped(terminal),
            Refusal refusal => Refused(refusal, terminal),
            _ => Bug(failure, terminal),
        };
    }

    private static int Stopped(Terminal terminal)
    {
        if (!terminal.Json) terminal.Error.WriteLine("Stopped.");
        return ExitCodes.Stopped;
    }

    private static int Refused(Refusal refusal, Terminal terminal)
    {
        var message = WithoutSecrets(refusal.Message);
        if (terminal.Json) Write(terminal, new FailureJson(refusal.Code, message, refusal.Details.ToDictionary(detail => detail.Key, detail => WithoutSecrets(detail.Value))));
        else terminal.Error.WriteLine($"{terminal.ErrorStyle.Bad("refused")} {message} {terminal.ErrorStyle.Dim($"[{refusal.Code}]")}");
        return ExitCodes.Refused;
    }

    // A token pasted where a name belongs is repeated by the sentence that refuses it; nothing was opened yet that could have hidden it.
    private static string WithoutSecrets(string text) => SecretsModule.HoldsSecret(text) ? SecretsModule.CreateScanner().Redact(text) : text;

    private static int Bug(Exception failure, Terminal terminal)
    {
        var trace = Environment.GetEnvironmentVariable("RIALTO_DEBUG") is "1" or "true";
        var message = Redaction.Clean(failure.Message);
        if (terminal.Json) Write(terminal, new FailureJson("bug", $"This is a bug in Rialto: {message}", new Dictionary<string, string> { ["type"] = failure.GetType().Name }));
        else terminal.Error.WriteLine($"{terminal.ErrorStyle.Bad("bug")} Something in Rialto broke: {message} {(trace ? "" : "Run again with RIALTO_DEBUG=1 to see where, and report it.")}");
        if (trace) terminal.Error.WriteLine(Redaction.Clean(failure.ToString()));
        return ExitCodes.Bug;
    }

    private static void Write(Terminal terminal, FailureJson failure) =>
        terminal.Error.WriteLine(JsonSerializer.Serialize(failure, CliJson.Default.FailureJson));
}

/// <summary>A failure on standard error under <c>--json</c>.</summary>
internal sealed record FailureJson(string Code, string Message, IReadOnlyDictionary<string, string> Details);
