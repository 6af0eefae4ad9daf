namespace Rialto.Sites;

/// <summary>Arithmetic of slash-separated paths, in trees and on sites.</summary>
internal static class Paths
{
    /// <summary>The folder a file stands in; empty for the root.</summary>
    public static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    /// <summary><paramref name="relative"/> seen from <paramref name="folder"/>; null when it leaves the root.</summary>
    public static string? Combine(string folder, string relative)
    {
        var segments = new List<string>(folder.Length == 0 ? [] : folder.Split('/'));
        if (relative.StartsWith('/')) segments.Clear();
        foreach (var segment in relative.Split('/'))
        {
            if (segment is "" or ".") continue;
            if (segment != "..") segments.Add(segment);
            else if (segments.Count == 0) return null;
            else segments.RemoveAt(segments.Count - 1);
        }
        return string.Join('/', segments);
    }

    /// <summary>
    /// The address of <paramref name="target"/> (relative to the site's root, perhaps with a fragment) as a page at
    /// <paramref name="from"/> must write it: relative, so that it holds under any sub-path; percent-encoded.
    /// </summary>
    public static string Href(string from, string target)
    {
        var hash = target.IndexOf('#');
        var fragment = hash < 0 ? "" : target[hash..];
        var path = hash < 0 ? target : target[..hash];
        if (path == from) return fragment.Length > 0 ? fragment : Last(path) is { Length: > 0 } self ? Encode(self) : "./";
        var (left, right) = (Folder(from), Folder(path));
        var (leftParts, rightParts) = (left.Length == 0 ? [] : left.Split('/'), right.Length == 0 ? [] : right.Split('/'));
        var common = 0;
        while (common < leftParts.Length && common < rightParts.Length && leftParts[common] == rightParts[common]) common++;
        var up = string.Concat(Enumerable.Repeat("../", leftParts.Length - common));
        var down = string.Concat(rightParts.Skip(common).Select(part => Encode(part) + "/"));
        var result = up + down + Encode(Last(path));
        return (result.Length == 0 ? "./" : result) + fragment;
    }

    /// <summary>Percent-encodes one segment, leaving what a path may hold.</summary>
    public static string Encode(string segment) => segment.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' or '~') ? segment : Uri.EscapeDataString(segment);

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
