using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Rialto.Publishing;

/// <summary>
/// The rules of a site's <c>_redirects</c>: <c>/from /to [status][!]</c> on a line each, with <c>:name</c> for one segment and a final
/// <c>*</c> for the rest (<c>:splat</c>). Status 200 shows another page of the site under this address; <c>!</c> comes before files.
/// </summary>
internal sealed class RedirectRules
{
    private const int MostRules = 2000, MostPatterns = 100;
    private readonly Dictionary<string, RedirectRule> exact = new(StringComparer.Ordinal);
    private readonly List<RedirectRule> patterns = [];

    /// <summary>True when some rule comes before files.</summary>
    public bool HasForced { get; private set; }

    /// <summary>True when there is nothing to look up.</summary>
    public bool IsEmpty => exact.Count == 0 && patterns.Count == 0;

    /// <summary>Reads them. A line that cannot be understood, or is one too many, is passed over.</summary>
    public static RedirectRules Parse(string text)
    {
        var rules = new RedirectRules();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is < 2 or > 3 || RedirectRule.From(words) is not { } rule) continue;
            if (rule.IsPattern && rules.patterns.Count < MostPatterns) rules.patterns.Add(rule);
            else if (!rule.IsPattern && rules.exact.Count < MostRules) rules.exact.TryAdd(rule.Path, rule);
            rules.HasForced |= rule.IsForced;
        }
        return rules;
    }

    /// <summary>The first rule for <paramref name="path"/>, with where it leads.</summary>
    public (int Status, string Target)? Find(string path, bool forcedOnly)
    {
        if (exact.TryGetValue(path, out var rule) && (rule.IsForced || !forcedOnly)) return (rule.Status, rule.Target);
        foreach (var pattern in patterns)
            if ((pattern.IsForced || !forcedOnly) && pattern.Match(path) is { } target) return (pattern.Status, target);
        return null;
    }
}

/// <summary>One rule.</summary>
internal sealed record RedirectRule(string Path, string Target, int Status, bool IsForced)
{
    /// <summary>True with a <c>*</c> or <c>:name</c>.</summary>
    public bool IsPattern => Path.Contains('*') || Path.Contains("/:", StringComparison.Ordinal);

    /// <summary>Makes one; null when it is not acceptable.</summary>
    public static RedirectRule? From(string[] words)
    {
        var status = 301;
        var forced = false;
        if (words.Length == 3)
        {
            forced = words[2].EndsWith('!');
            if (!int.TryParse(words[2].TrimEnd('!'), NumberStyles.None, CultureInfo.InvariantCulture, out status) || status is not (200 or 301 or 302 or 303 or 307 or 308 or 404)) return null;
        }
        var (from, to) = (words[0], words[1]);
        if (!IsLocal(from) || from.IndexOf('*') is >= 0 and var star && star != from.Length - 1) return null;
        var isElsewhere = Uri.TryCreate(to, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && !to.StartsWith('/');
        return IsLocal(to) || (isElsewhere && status is not (200 or 404)) ? new RedirectRule(from, to, status, forced) : null;
    }

    /// <summary>Where <paramref name="path"/> leads by this pattern; null when it does not match.</summary>
    public string? Match(string path)
    {
        var (wanted, given) = (Path.Split('/'), path.Split('/'));
        var target = Target;
        for (var index = 0; index < wanted.Length; index++)
        {
            if (wanted[index] == "*") return target.Replace(":splat", Escape(string.Join('/', given.Skip(index))), StringComparison.Ordinal);
            if (index >= given.Length) return null;
            if (wanted[index].StartsWith(':') && given[index].Length > 0) target = target.Replace(wanted[index], Escape(given[index]), StringComparison.Ordinal);
            else if (wanted[index] != given[index]) return null;
        }
        return given.Length == wanted.Length ? target : null;
    }

    // "//host" would lead to another site, and a backslash is a slash to browsers.
    private static bool IsLocal(string path) => path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl);

    private static string Escape(string segment) => new PathString("/" + segment.TrimStart('/')).ToUriComponent()[1..];
}
