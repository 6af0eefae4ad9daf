namespace Rialto.Kernel;

/// <summary>
/// What an endpoint is besides its code: the one declaration that HTTP, the portal, <c>rialto call</c>, agents and workflows read.
/// Attach it with <see cref="OperationEndpoints.As"/>.
/// </summary>
/// <param name="Name">Module and verb: <c>orders.place</c>. Stable, unique.</param>
/// <param name="Permission">What the caller must be allowed: <c>orders.write</c>.</param>
/// <param name="Summary">One sentence that ends with a full stop.</param>
public sealed record Operation(string Name, string Permission, string Summary)
{
    /// <summary>True when it changes something: then it runs in a transaction that is committed, takes idempotency keys, and its answer leaves after the commit.</summary>
    public bool Changes { get; init; }

    /// <summary>The refusals it can give besides those every operation can give.</summary>
    public IReadOnlyList<RefusalNote> Refusals { get; init; } = [];

    /// <summary>A request body as an example, in JSON.</summary>
    public string? Example { get; init; }

    /// <summary>True when the answer carries a secret that is told once: it is not kept for a repeated request with the same key, which is told so instead.</summary>
    public bool AnswersOnce { get; init; }

    /// <summary>True when it answers with personal or secret data: each call is written to the audit log before it is answered.</summary>
    public bool ReadsPersonalData { get; init; }

    /// <summary>True when the personal data it answers with is the caller's own, and so is not masked.</summary>
    public bool AnswersOwnData { get; init; }

    /// <summary>True when anybody may call it, signed in or not: signing in is such an operation. A caller who is nobody has the subject <c>anonymous:</c> and their address.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True when it works on the platform's own rows (accounts, sessions) instead of the rows of the caller's organisation.</summary>
    public bool OnPlatform { get; init; }

    /// <summary>True for a dangerous act: a person must have proven themselves shortly before, see <see cref="Caller.ConfirmedUntil"/>.</summary>
    public bool NeedsConfirmation { get; init; }

    /// <summary>Most calls one caller may make in a minute; null for the host's setting.</summary>
    public int? MostPerMinute { get; init; }

    /// <summary>Longest it may take, in seconds; then it is stopped and taken back.</summary>
    public double TimeoutSeconds { get; init; } = 100;

    /// <summary>Most bytes of a request's body; null for the host's limit.</summary>
    public long? MostBodyBytes { get; init; }

    /// <summary>When it stopped being recommended and when it ends; null while it is neither.</summary>
    public Deprecation? Deprecated { get; init; }
}

/// <summary>An operation on its way out.</summary>
/// <param name="Since">From when on nothing new should use it.</param>
/// <param name="Sunset">When it will be gone.</param>
/// <param name="Successor">Address of what to use instead; null when there is nothing.</param>
public sealed record Deprecation(DateTimeOffset Since, DateTimeOffset Sunset, string? Successor = null);

/// <summary>A refusal, as documented.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Status">Its HTTP status.</param>
/// <param name="When">When it is given, in a few words.</param>
public sealed record RefusalNote(string Code, int Status, string When);
