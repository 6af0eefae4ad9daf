using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>Versions of things over HTTP: what was read is changed only if it is still what was read.</summary>
public static class Etags
{
    /// <summary>Tells the version with the answer.</summary>
    public static void Tell(HttpContext http, string version) => http.Response.Headers.ETag = Quote(version);

    /// <summary>True when the caller already has <paramref name="version"/>: answer 304.</summary>
    public static bool IsKnown(HttpContext http, string version) => Matches(http.Request.Headers.IfNoneMatch, version);

    /// <summary>Lets a change pass when the request's <c>If-Match</c> names <paramref name="version"/>, or when there is none.</summary>
    /// <exception cref="Refusal"><c>request.changed_meanwhile</c>.</exception>
    public static void RequireMatch(HttpContext http, string version)
    {
        var wanted = http.Request.Headers.IfMatch;
        if (wanted.Count > 0 && !Matches(wanted, version))
            throw new Refusal("request.changed_meanwhile", "Somebody changed it since it was read; read it again and decide anew.", 412);
    }

    private static string Quote(string version) => $"\"{version}\"";

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues header, string version) =>
        header.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries)).Any(tag => tag == "*" || tag.Replace("W/", "", StringComparison.Ordinal) == Quote(version));
}
