using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>What an organisation decides about its builds.</summary>
internal static class BuildSettings
{
    /// <summary>What happens to a commit that holds secrets.</summary>
    public static readonly Setting<string> Secrets = Settings.Choice("builds.secrets", "redact", "What a build does with a commit that holds secrets: publish it with them hidden, or not at all.", "redact", "block") with { ByTenant = true };
}
