using Rialto.Secrets.Allowing;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;

namespace Rialto.Secrets;

/// <summary>Where the parts of this module come from.</summary>
public static class SecretsModule
{
    /// <summary>The scanner; keep one for the life of the process. Safe for concurrent use.</summary>
    /// <param name="allowFile">A file like <c>.rialto-secrets.json</c> that allows more than the repository's own does; null for none.</param>
    /// <exception cref="Kernel.Refusal"><c>secrets.bad_allow_file</c></exception>
    public static ISecretScanner CreateScanner(string? allowFile = null)
    {
        if (allowFile is null) return new SecretScanner();
        if (!File.Exists(allowFile)) throw new Kernel.Refusal("secrets.bad_allow_file", $"There is no file {allowFile}; name one like {AllowList.FileName}.", 404);
        return new SecretScanner(AllowList.Parse(File.ReadAllBytes(allowFile), allowFile));
    }

    /// <summary>Whether <paramref name="text"/> holds anything a rule takes for a secret. For measuring and quick checks.</summary>
    public static bool HoldsSecret(string text) => TextScan.Find(text, RuleBook.Default).Count > 0;
}
