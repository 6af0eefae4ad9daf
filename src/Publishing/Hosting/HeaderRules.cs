using Microsoft.Extensions.Primitives;

namespace Rialto.Publishing;

/// <summary>
/// The rules of a site's <c>_headers</c>: a path (with <c>*</c> at its end or for a segment), and indented under it <c>Name: value</c>.
/// What belongs to the connection, to cookies or to the body's form stays ours.
/// </summary>
internal sealed class HeaderRules
{
    private const int MostRules = 100, MostHeaders = 20, LongestValue = 2000;

    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Ranges", "Age", "Allow", "Alt-Svc", "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Date", "ETag", "Keep-Alive", "Location", "Proxy-Authenticate",
        "Server", "Set-Cookie", "Strict-Transport-Security", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Vary", "WWW-Authenticate", "Clear-Site-Data", "Service-Worker-Allowed",
    };

    private readonly List<(string Pattern, List<KeyValuePair<string, StringValues>> Headers)> rules = [];

    /// <summary>Reads them; what cannot be understood is passed over.</summary>
    public static HeaderRules Parse(string text)
    {
        var read = new HeaderRules();
        foreach (var line in text.Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#')) continue;
            if (!char.IsWhiteSpace(line[0]))
            {
                if (read.rules.Count == MostRules) break;
                if (line.StartsWith('/')) read.rules.Add((line.Trim(), []));
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || read.rules.Count == 0 || read.rules[^1].Headers.Count == MostHeaders) continue;
            var (name, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (IsToken(name) && !Ours.Contains(name) && value.Length <= LongestValue && value.All(letter => letter is >= ' ' and < (char)127)) read.rules[^1].Headers.Add(new(name, value));
        }
        return read;
    }

    /// <summary>Headers for the file at <paramref name="path"/>; pages also match by their pretty address.</summary>
    public IReadOnlyList<KeyValuePair<string, StringValues>> For(string path)
    {
        if (rules.Count == 0) return [];
        var pretty = path.EndsWith("/index.html", StringComparison.Ordinal) ? path[..^"index.html".Length] : path.EndsWith(".html", StringComparison.Ordinal) ? path[..^".html".Length] : path;
        var found = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (pattern, headers) in rules)
            if (Matches(pattern, path) || Matches(pattern, pretty)) foreach (var header in headers) found[header.Key] = header.Value;
        return [.. found];
    }

    private static bool Matches(string pattern, string path)
    {
        var (wanted, given) = (pattern.Split('/'), path.Split('/'));
        for (var index = 0; index < wanted.Length; index++)
        {
            if (wanted[index] == "*" && index == wanted.Length - 1) return true;
            if (index >= given.Length) return false;
            if (wanted[index].StartsWith("*.", StringComparison.Ordinal) ? !given[^1].EndsWith(wanted[index][1..], StringComparison.Ordinal) : wanted[index] != "*" && wanted[index] != given[index]) return false;
        }
        return wanted.Length == given.Length;
    }

    private static bool IsToken(string name) => name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
