namespace Rialto.Kernel;

/// <summary>
/// A program to run as a child: its arguments as a list, never through a shell, with an environment that starts empty.
/// Only the variables in <see cref="ChildEnvironment.Passed"/> and those in <see cref="Environment"/> reach it.
/// </summary>
/// <param name="Program">A file name looked up on <c>PATH</c>, or an absolute path.</param>
/// <param name="Arguments">Arguments, each passed exactly as it is.</param>
public sealed record ChildCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Folder the child starts in; null for the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set on top of the allowed ones; a null value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Longest the child may run, in seconds; past it the whole tree is killed and the run is refused. 0 for no limit.</summary>
    public double TimeoutSeconds { get; init; } = 300;

    /// <summary>Most bytes of standard output a run collects; past it the child is killed and the run is refused. Does not bind the streams of a started child.</summary>
    public long MaxOutputBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Values that must not appear in anything said about the run, such as a token in the environment. Credentials in URLs are removed without being named.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>How to get the program, for the refusal when it is absent: <c>apt-get install git</c>.</summary>
    public string? InstallHint { get; init; }

    /// <summary>The command as words for messages, with credentials removed.</summary>
    public override string ToString() => Redaction.Clean(string.Join(' ', [Program, .. Arguments]), Secrets);
}
