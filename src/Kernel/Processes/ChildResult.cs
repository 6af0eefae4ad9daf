using System.Text;

namespace Rialto.Kernel;

/// <summary>What a finished child left behind.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">The child's exit code; not judged here.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="ErrorText">The last 64 KiB of standard error as text, with credentials removed.</param>
public sealed record ChildResult(ChildCommand Command, int ExitCode, ReadOnlyMemory<byte> Output, string ErrorText)
{
    /// <summary>True when the child ended with 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Standard output read as UTF-8. Not redacted: it is data.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>Returns this when the child succeeded.</summary>
    /// <exception cref="Refusal">With <paramref name="code"/>, and the child's last words after <paramref name="sentence"/>.</exception>
    public ChildResult OrRefuse(string code, string sentence, int status = 422) =>
        Succeeded ? this : throw new Refusal(code, LastWords() is { Length: > 0 } words ? $"{sentence} ({words})" : sentence, status);

    /// <summary>Returns this when the child succeeded.</summary>
    /// <exception cref="InvalidOperationException">The command and its words, for runs that can only fail through a mistake of ours.</exception>
    public ChildResult OrThrow() =>
        Succeeded ? this : throw new InvalidOperationException($"{Command} ended with {ExitCode}: {ErrorText.Trim()}");

    private string LastWords()
    {
        var line = ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return line.Length > 300 ? line[..300] + "…" : line;
    }
}
