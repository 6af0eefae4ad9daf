using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Repositories;

/// <summary>Limits as an operator sets them.</summary>
public static class SourceLimitsSettings
{
    /// <summary>
    /// The defaults with what the environment sets: <c>RIALTO_MAX_FILES</c>, <c>RIALTO_MAX_TOTAL_BYTES</c>, <c>RIALTO_MAX_FILE_BYTES</c>,
    /// <c>RIALTO_MAX_DEPTH</c>, <c>RIALTO_MAX_FETCH_BYTES</c>, <c>RIALTO_FETCH_TIMEOUT_SECONDS</c>, <c>RIALTO_ALLOW_PRIVATE_HOSTS</c> (true or false) and
    /// <c>RIALTO_ALLOWED_HOSTS</c> (names separated by commas).
    /// </summary>
    /// <exception cref="Refusal"><c>source.bad_setting</c> when a value is not a positive number, or not true or false.</exception>
    public static SourceLimits FromEnvironment()
    {
        var defaults = new SourceLimits();
        return defaults with
        {
            MaxFiles = (int)Number("RIALTO_MAX_FILES", defaults.MaxFiles, int.MaxValue),
            MaxTotalBytes = Number("RIALTO_MAX_TOTAL_BYTES", defaults.MaxTotalBytes, long.MaxValue),
            // A file is held in one array, which cannot be longer.
            MaxFileBytes = Number("RIALTO_MAX_FILE_BYTES", defaults.MaxFileBytes, Array.MaxLength),
            MaxDepth = (int)Number("RIALTO_MAX_DEPTH", defaults.MaxDepth, 4096),
            MaxFetchBytes = Number("RIALTO_MAX_FETCH_BYTES", defaults.MaxFetchBytes, long.MaxValue),
            FetchTimeoutSeconds = (int)Number("RIALTO_FETCH_TIMEOUT_SECONDS", defaults.FetchTimeoutSeconds, 86_400),
            AllowPrivateHosts = Switch("RIALTO_ALLOW_PRIVATE_HOSTS", defaults.AllowPrivateHosts),
            AllowedHosts = Environment.GetEnvironmentVariable("RIALTO_ALLOWED_HOSTS")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? defaults.AllowedHosts,
        };
    }

    private static long Number(string name, long otherwise, long largest)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= largest
            ? value
            : throw new Refusal("source.bad_setting", $"{name} must be a whole number from 1 to {largest}; it is \"{text}\".", 400);
    }

    private static bool Switch(string name, bool otherwise) => Environment.GetEnvironmentVariable(name)?.ToLowerInvariant() switch
    {
        null or "" => otherwise,
        "true" or "1" => true,
        "false" or "0" => false,
        var text => throw new Refusal("source.bad_setting", $"{name} must be true or false; it is \"{text}\".", 400),
    };
}
