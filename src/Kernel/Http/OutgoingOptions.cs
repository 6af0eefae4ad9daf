namespace Rialto.Kernel;

/// <summary>What requests to addresses that strangers chose may do.</summary>
public sealed record OutgoingOptions
{
    /// <summary>Hosts allowed though they are not public: a name or a literal address, with <c>:port</c> to allow only that one. For tests and services beside us.</summary>
    public IReadOnlySet<string> AllowedHosts { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>True lets <c>http:</c> through; hosts in <see cref="AllowedHosts"/> may always use it.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>Longest a whole request may take with all its redirects, in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 30;

    /// <summary>Most bytes of an answer's body, after decompression.</summary>
    public long MaxAnswerBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Most redirects followed; with 0 the redirect itself is the answer.</summary>
    public int MaxRedirects { get; init; } = 5;
}
