using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Rialto.Cli;

/// <summary>
/// Where a command speaks: answers to standard output, everything about the work (progress, warnings) to standard error.
/// With <c>--json</c> standard output carries exactly one JSON document and nothing else.
/// </summary>
internal sealed class Terminal(ParseResult parsed) : IProgress<string>, IDisposable
{
    private readonly ProgressLine progress = new(Console.Error, show: !Console.IsErrorRedirected && !IsUnattended);
    private IAnsiConsole? pretty;

    /// <summary>Whether the caller wants JSON.</summary>
    public bool Json { get; } = parsed.GetValue(GlobalOptions.Json);

    /// <summary>For answers.</summary>
    public TextWriter Out => Console.Out;

    /// <summary>For everything else. Clear the progress line first: <see cref="Clear"/>.</summary>
    public TextWriter Error => Console.Error;

    /// <summary>Tables, trees and colours on standard output; made on first use because it costs start-up time. Plain when redirected.</summary>
    public IAnsiConsole Pretty => pretty ??= AnsiConsole.Create(new AnsiConsoleSettings());

    /// <summary>Colours for standard output.</summary>
    public Style OutStyle { get; } = new(Console.IsOutputRedirected);

    /// <summary>Colours for standard error.</summary>
    public Style ErrorStyle { get; } = new(Console.IsErrorRedirected);

    /// <summary>Shows what is being done, on a terminal only, each report replacing the one before.</summary>
    public void Report(string value) => progress.Show(value);

    /// <summary>Takes the progress line away, before something lasting is written.</summary>
    public void Clear() => progress.Clear();

    /// <summary>Says something that matters but does not stop the work.</summary>
    public void Warn(string sentence)
    {
        Clear();
        Error.WriteLine($"{ErrorStyle.Note("note")} {sentence}");
    }

    /// <summary>The one JSON document of this command, on one line.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type)
    {
        Clear();
        Out.WriteLine(JsonSerializer.Serialize(value, type));
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private static bool IsUnattended => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") is "dumb";
}
