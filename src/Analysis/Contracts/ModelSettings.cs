using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Which language models may be asked, and where. Without them everything works locally.</summary>
public sealed record ModelSettings
{
    /// <summary>Root of an endpoint that speaks the OpenAI-compatible chat protocol, for example <c>http://localhost:11434/v1</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Names of models, the preferred one first; the next is asked when one fails.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Sent as a bearer token, where the endpoint wants one.</summary>
    public string? Key { get; init; }

    /// <summary>Time that one model has for one answer, in milliseconds.</summary>
    public int TimeoutMilliseconds { get; init; } = 30_000;

    /// <summary>Share of proposed words that must be usable (0–1), else the next model is asked.</summary>
    public double QualityThreshold { get; init; } = 0.5;

    /// <summary>
    /// From <c>RIALTO_MODEL_URL</c>, <c>RIALTO_MODEL</c> (names by comma) and <c>RIALTO_MODEL_KEY</c>; null when no model is asked for.
    /// </summary>
    /// <param name="models">Names that replace those of the environment.</param>
    /// <exception cref="Refusal"><c>models.not_configured</c> or <c>models.url_invalid</c>.</exception>
    public static ModelSettings? FromEnvironment(string? models = null)
    {
        var names = (models ?? Environment.GetEnvironmentVariable("RIALTO_MODEL") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0) return null;
        if (Environment.GetEnvironmentVariable("RIALTO_MODEL_URL") is not { Length: > 0 } url)
            throw new Refusal("models.not_configured", "Set RIALTO_MODEL_URL to an endpoint that speaks the OpenAI-compatible chat protocol, for example http://localhost:11434/v1.");
        return new() { Url = ModelAddress.Parse(url), Models = names, Key = Environment.GetEnvironmentVariable("RIALTO_MODEL_KEY") is { Length: > 0 } key ? key : null };
    }
}
