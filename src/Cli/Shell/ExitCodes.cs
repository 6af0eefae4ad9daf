namespace Rialto.Cli;

/// <summary>What the process tells the shell that started it.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A bug of ours; also the answer "yes, found" of a command that looks for faults, such as <c>secrets</c>.</summary>
    public const int Bug = 1;

    /// <summary>Refused: the request, its input or the machine does not allow it; the sentence says what to do.</summary>
    public const int Refused = 2;

    /// <summary>Stopped by Ctrl-C, as shells expect it (128 + SIGINT).</summary>
    public const int Stopped = 130;
}
