using Microsoft.AspNetCore.Http;

namespace Rialto.Publishing;

/// <summary>The headers a visitor of a page gets, after the site's own <c>_headers</c> had its say.</summary>
internal static class HeaderChecks
{
    public static void Check(ServedSite site, ServedFile page, CheckFindings found)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        SiteAnswers.WriteHeaders(headers, site, page, page.Plain);
        var path = page.Path;
        if (headers.XContentTypeOptions != "nosniff") found.Add("header.nosniff", path, "X-Content-Type-Options is not nosniff: browsers may take a text for a script.");
        var referrer = headers["Referrer-Policy"].ToString();
        if (referrer.Length == 0 || referrer.Contains("unsafe-url", StringComparison.OrdinalIgnoreCase)) found.Add("header.referrer", path, $"Referrer-Policy is \"{referrer}\": whole addresses are told to other sites.");
        var policy = Directives(headers.ContentSecurityPolicy.ToString());
        if (policy.Count == 0)
        {
            found.Add("header.policy", path, "There is no Content-Security-Policy: whatever gets into the page runs.");
            return;
        }
        var scripts = policy.GetValueOrDefault("script-src") ?? policy.GetValueOrDefault("default-src") ?? "*";
        foreach (var word in scripts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is "'unsafe-inline'" or "'unsafe-eval'" or "*" or "https:" or "http:" or "data:"))
            found.Add("header.scripts", path, $"Content-Security-Policy lets scripts in by {word}.");
        if (!policy.ContainsKey("frame-ancestors") && headers.XFrameOptions.Count == 0) found.Add("header.frames", path, "Other sites may show this one in a frame.");
    }

    private static Dictionary<string, string> Directives(string policy)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in policy.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = part.IndexOf(' ', StringComparison.Ordinal);
            read.TryAdd(space < 0 ? part : part[..space], space < 0 ? "" : part[space..]);
        }
        return read;
    }
}
