using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Publishing;

/// <summary>
/// The Content-Security-Policy of a site's pages. Inline scripts run only when the site's frame has them, by their hash; the frame is
/// taken from the page for what is not found, the one page that carries nothing of the repository's text.
/// </summary>
internal static partial class PagePolicy
{
    /// <summary>The policy; <paramref name="frame"/> is the HTML of <c>404.html</c>, null when there is none.</summary>
    public static string For(byte[]? frame)
    {
        var html = frame is null ? "" : Encoding.UTF8.GetString(frame);
        var scripts = new SortedSet<string>(StringComparer.Ordinal);
        var counters = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match script in Scripts().Matches(html))
        {
            var attributes = script.Groups[1].Value;
            if (Source().Match(attributes) is { Success: true } source)
            {
                // A counter of the project's own choice, from its settings.
                if (Uri.TryCreate(source.Groups[1].Value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps) counters.Add(address.GetLeftPart(UriPartial.Authority));
            }
            else scripts.Add($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[2].Value)))}'");
        }
        var others = string.Concat(counters.Select(origin => " " + origin));
        return $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{string.Concat(scripts.Select(hash => " " + hash))}{others}; style-src 'self' 'unsafe-inline'; "
            + $"img-src 'self' data: https:; media-src 'self' https:; font-src 'self' data:; connect-src 'self'{others}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
    }

    [GeneratedRegex("""<script\b([^>]*)>(.*?)</script>""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Scripts();

    [GeneratedRegex("""\bsrc="([^"]*)["]""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Source();
}
