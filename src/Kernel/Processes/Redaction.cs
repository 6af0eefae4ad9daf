using System.Text.RegularExpressions;

namespace Rialto.Kernel;

/// <summary>Takes credentials out of what is said about commands and addresses. Not a secret scanner: that is the Secrets module.</summary>
public static class Redaction
{
    /// <summary>Stands where a credential was.</summary>
    public const string Mark = "***";

    /// <summary>
    /// <paramref name="text"/> without the user part of URLs, without values of authorization headers and without any of
    /// <paramref name="secrets"/> (those shorter than 4 characters are ignored, they would blank ordinary words).
    /// </summary>
    public static string Clean(string text, IEnumerable<string>? secrets = null)
    {
        foreach (var secret in (secrets ?? []).Where(secret => secret.Length >= 4).OrderByDescending(secret => secret.Length))
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        text = UrlCredential.Replace(text, "://" + Mark + "@");
        return Authorization.Replace(text, "$1 " + Mark);
    }

    private static readonly LinearPattern UrlCredential = new(@"://[^\s/@'""]+@");

    private static readonly LinearPattern Authorization = new(@"(authorization:)\s*(basic|bearer|token)?\s*\S+", RegexOptions.IgnoreCase);
}
