using Microsoft.AspNetCore.Http;

namespace Rialto.Portal;

/// <summary>What is said to browsers about every page of the portal: whose scripts run (ours, by nonce), who may frame it (nobody), that it is kept nowhere.</summary>
internal static class PageHeaders
{
    public static void Write(HttpResponse response, Visit visit)
    {
        var headers = response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = Policy(visit.Nonce);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.Vary = "Cookie, Accept-Language";
    }

    // Frames: previews of published sites, here or at their own names. They are shown without their scripts.
    internal static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self' http: https:; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types rialto";
}
