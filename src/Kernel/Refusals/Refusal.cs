namespace Rialto.Kernel;

/// <summary>
/// The product says no: a stable code and one sentence that tells the reader what to do.
/// Every surface (command line, HTTP, portal, agent) shows the same code and sentence. Anything else thrown is a bug.
/// </summary>
/// <param name="code">Stable, lower-case, dotted: <c>repository.not_found</c>. Callers may branch on it; it never changes meaning.</param>
/// <param name="sentence">What is wrong and what to do about it, in one sentence without internals or secrets.</param>
/// <param name="status">The HTTP status this refusal has when it travels over HTTP.</param>
public sealed class Refusal(string code, string sentence, int status = 422) : Exception(sentence)
{
    /// <summary>Stable identifier, for example <c>repository.too_large</c>.</summary>
    public string Code { get; } = code;

    /// <summary>HTTP status: 400 malformed, 403 not allowed, 404 unknown, 409 conflict, 413 too large, 422 not acceptable, 429 too often, 503 a part is missing.</summary>
    public int Status { get; } = status;

    /// <summary>Named values a caller may show or branch on, such as the limit that was passed. Never secrets.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}
