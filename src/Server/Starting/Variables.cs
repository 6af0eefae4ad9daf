using System.Collections;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>Notices variables that begin with <c>RIALTO_</c> and mean nothing: a slip in a name would otherwise be a setting that silently does not hold.</summary>
internal static class Variables
{
    /// <summary>Those that are no settings.</summary>
    public static IReadOnlyList<string> Plain { get; } =
    [
        "RIALTO_ALLOWED_HOSTS", "RIALTO_ALLOW_PRIVATE_HOSTS", "RIALTO_DATABASE", "RIALTO_DEBUG", "RIALTO_FETCH_TIMEOUT_SECONDS", "RIALTO_GIT_CA_FILE", "RIALTO_GIT_TOKEN",
        "RIALTO_GIT_TOKEN_HOST", "RIALTO_HOME", "RIALTO_INSTALL", "RIALTO_MAX_DEPTH", "RIALTO_MAX_FETCH_BYTES", "RIALTO_MAX_FILES", "RIALTO_MAX_FILE_BYTES", "RIALTO_MAX_TOTAL_BYTES",
        "RIALTO_MODEL", "RIALTO_MODEL_KEY", "RIALTO_MODEL_URL", "RIALTO_NODE", "RIALTO_POSTGRES", "RIALTO_REDACTION_KEY", "RIALTO_TIDY_WRITE", "RIALTO_TOKEN", "RIALTO_URL", "RIALTO_WORKSHOP",
    ];

    /// <summary>A sentence for each variable that nothing reads.</summary>
    public static IEnumerable<string> Strangers(SettingLayers settings, IDictionary environment)
    {
        var known = Plain.Concat(settings.Variables).ToHashSet(StringComparer.Ordinal);
        foreach (var name in environment.Keys.OfType<string>().Where(name => name.StartsWith("RIALTO_", StringComparison.Ordinal) && !known.Contains(name)).Order(StringComparer.Ordinal))
            yield return NearestWord.Of(name, known) is { } near ? $"Nothing reads the variable {name}; is {near} meant?" : $"Nothing reads the variable {name}.";
    }
}
