using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Serves published sites: by name under the base domain, at domains of their owners, and at <c>/s/name/</c>. Whatever it does not know as a site's goes on to the
/// rest of the host. A request takes the site once and is answered from that whole, whatever happens meanwhile.
/// </summary>
internal sealed class SiteHost(RequestDelegate next, SiteDirectory directory, PublishingOptions options, SiteAnswers answers, SiteGate gate, DamageReport damage, DomainDirectory domains, ChallengeAnswers challenges)
{
    // Half a year, and only this very name: what else is under the domain is not ours.
    private const string PathPrefix = "/s/", StrictTransport = "max-age=15552000";

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var host = http.Request.Host.Host;
        if (options.BaseDomain is { } domain && SiteKey.FromHost(host, domain) is { } byName) return ServeAsync(http, byName, path, 0);
        return DomainDirectory.MayBe(host) ? ByDomainAsync(http, host, path) : ByPathAsync(http, path);
    }

    private Task ByPathAsync(HttpContext http, string path)
    {
        if (!options.PathMode || !path.StartsWith(PathPrefix, StringComparison.Ordinal)) return next(http);
        var slash = path.IndexOf('/', PathPrefix.Length);
        if (slash < 0) return Redirect.To(http, http.Request.PathBase + path + "/", StatusCodes.Status308PermanentRedirect);
        return ServeAsync(http, SiteKey.FromPath(path[PathPrefix.Length..slash]), path, slash);
    }

    private async Task ByDomainAsync(HttpContext http, string host, string path)
    {
        if (await domains.FindAsync(host) is not { } domain) await ByPathAsync(http, path);
        else if (path.StartsWith(ChallengeAnswers.Prefix, StringComparison.Ordinal)) await challenges.AnswerAsync(http, path[ChallengeAnswers.Prefix.Length..]);
        else if (!http.Request.IsHttps && domain.HasCertificate && options.HttpsPort() is { } port)
            await Redirect.To(http, $"https://{domain.Name}{(port == 443 ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}"))}{http.Request.Path.ToUriComponent()}", StatusCodes.Status308PermanentRedirect);
        else
        {
            if (http.Request.IsHttps) http.Response.Headers.StrictTransportSecurity = StrictTransport;
            await ServeAsync(http, new SiteKey(domain.Site, null), path, 0);
        }
    }

    // The site's own path begins at an offset of the request's: no text is cut out for the usual answer.
    private async Task ServeAsync(HttpContext http, SiteKey key, string path, int at)
    {
        try
        {
            var site = await directory.FindAsync(key);
            if (site is null) await PlainPages.WriteAsync(http, StatusCodes.Status404NotFound, "There is no site at this address.");
            else if (await gate.LetsInAsync(http, site, path, at)) await AnswerAsync(http, site, path, at);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Refusal refusal)
        {
            if (refusal.Code == "blobs.missing") damage.Tell(key.Site, path, refusal.Message);
            if (http.Response.HasStarted) http.Abort();
            else await PlainPages.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "This site cannot be shown just now. Its owner has been told; please try again later.");
        }
    }

    private Task AnswerAsync(HttpContext http, ServedSite site, string path, int at)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsOptions(method))
        {
            http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            return PlainPages.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "A site is only read.");
        }
        if (site.Release is not { } release) return PlainPages.WriteAsync(http, StatusCodes.Status404NotFound, "Nothing has been published here yet.");
        if (release.Redirects.HasForced && release.Redirects.Find(path[at..], forcedOnly: true) is { } forced) return FollowAsync(http, site, release, forced, path, at);
        if (release.Find(path.AsSpan(at)) is { } file) return answers.SendAsync(http, site, file, StatusCodes.Status200OK);
        return MissAsync(http, site, release, path, at);
    }

    private Task MissAsync(HttpContext http, ServedSite site, ServedRelease release, string path, int at)
    {
        var inside = path[at..];
        // A folder without its slash, and a page with one too many.
        if (!inside.EndsWith('/') && release.Find(inside + "/") is not null) return Redirect.To(http, http.Request.PathBase + path + "/", StatusCodes.Status301MovedPermanently);
        if (inside.Length > 1 && inside.EndsWith('/') && release.Find(inside.AsSpan(0, inside.Length - 1)) is { IsPage: true })
            return Redirect.To(http, http.Request.PathBase + path[..^1], StatusCodes.Status301MovedPermanently);
        if (!release.Redirects.IsEmpty && release.Redirects.Find(inside, forcedOnly: false) is { } rule) return FollowAsync(http, site, release, rule, path, at);
        foreach (var earlier in site.Earlier)
            if (earlier.Find(inside) is { IsPage: false } gone) return answers.SendAsync(http, site, gone, StatusCodes.Status200OK);
        // Addresses made for path mode, asked for under the site's own name.
        if (at == 0 && inside.StartsWith($"/s/{site.Name}/", StringComparison.Ordinal)) return AnswerAsync(http, site, path, PathPrefix.Length + site.Name.Length);
        if (site.IsSinglePage && !Path.HasExtension(inside) && release.Find("/index.html") is { } front) return answers.SendAsync(http, site, front, StatusCodes.Status200OK);
        return release.Find("/404.html") is { } notFound
            ? answers.SendAsync(http, site, notFound, StatusCodes.Status404NotFound)
            : PlainPages.WriteAsync(http, StatusCodes.Status404NotFound, "There is no such page on this site.");
    }

    private Task FollowAsync(HttpContext http, ServedSite site, ServedRelease release, (int Status, string Target) rule, string path, int at)
    {
        if (rule.Status is 200 or 404)
        {
            var shown = release.Find(rule.Target) ?? release.Find(rule.Target.TrimEnd('/') + "/");
            return shown is not null ? answers.SendAsync(http, site, shown, rule.Status) : PlainPages.WriteAsync(http, StatusCodes.Status404NotFound, "There is no such page on this site.");
        }
        return Redirect.To(http, rule.Target.StartsWith('/') ? http.Request.PathBase + path[..at] + rule.Target : rule.Target, rule.Status);
    }
}
