namespace Rialto.Kernel;

/// <summary>Where the workshop is and what it may use.</summary>
public sealed record WorkshopOptions
{
    /// <summary>Folder with <c>main.mjs</c> and its <c>node_modules</c>; null looks at <c>RIALTO_WORKSHOP</c>, then beside the program and in the folders above it.</summary>
    public string? Folder { get; init; }

    /// <summary>The Node program (20.12 or later); null looks at <c>RIALTO_NODE</c>, then on the <c>PATH</c>.</summary>
    public string? Node { get; init; }

    /// <summary>A call that works longer than this is given up and the process replaced.</summary>
    public double CallTimeoutSeconds { get; init; } = 30;

    /// <summary>The process leaves after this long without a call; the next call starts another.</summary>
    public double IdleSeconds { get; init; } = 60;

    /// <summary>The process is replaced when it holds more memory than this. Half of it is the limit of its JavaScript heap.</summary>
    public long MemoryLimitBytes { get; init; } = 1536L * 1024 * 1024;

    /// <summary>Calls sent at once; more wait their turn.</summary>
    public int CallsAtOnce { get; init; } = 8;
}
