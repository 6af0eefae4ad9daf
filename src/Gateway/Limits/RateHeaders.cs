using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Rialto.Gateway;

/// <summary>Tells callers how they stand, as draft-ietf-httpapi-ratelimit-headers (version 10) has it: the policies, and the one that is nearest its end.</summary>
internal static class RateHeaders
{
    public static void Tell(HttpContext http, IReadOnlyList<Reply> replies) => http.Response.OnStarting(static state =>
    {
        var (answer, told) = ((HttpResponse, IReadOnlyList<Reply>))state;
        answer.Headers["RateLimit-Policy"] = Policies(told);
        answer.Headers["RateLimit"] = Standing(told);
        return Task.CompletedTask;
    }, (http.Response, replies));

    /// <summary><c>"tier";q=10000;w=3600</c>.</summary>
    public static string Policies(IReadOnlyList<Reply> replies) => string.Join(", ", replies.Select(reply => string.Create(CultureInfo.InvariantCulture, $"\"{reply.Rate.Name}\";q={reply.Rate.PerWindow};w={reply.Rate.WindowSeconds}")));

    /// <summary><c>"tier";r=99;t=1</c>: calls left at once, and seconds until there is one more.</summary>
    public static string Standing(IReadOnlyList<Reply> replies)
    {
        var nearest = replies.MinBy(reply => reply.IsLetIn ? reply.Left : -1);
        var seconds = Math.Max(1, (long)Math.Ceiling((nearest.IsLetIn ? nearest.Rate.GapMicros : nearest.WaitMicros) / 1e6));
        return string.Create(CultureInfo.InvariantCulture, $"\"{nearest.Rate.Name}\";r={(nearest.IsLetIn ? nearest.Left : 0)};t={seconds}");
    }
}
