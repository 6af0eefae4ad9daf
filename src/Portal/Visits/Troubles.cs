using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>What a person reads when a page cannot be shown.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Heading">What is the matter.</param>
/// <param name="Text">What to do about it.</param>
/// <param name="Code">To be named when asking somebody.</param>
public sealed record Trouble(int Status, string Heading, string Text, string Code);

/// <summary>From a refusal or a bug to a page with a way on.</summary>
internal static class Troubles
{
    public static Answer Show(Visit visit, Exception failure)
    {
        var trouble = Of(visit, failure);
        return Answer.Page<Design.TroublePage, Trouble>(trouble.Heading, trouble, trouble.Status);
    }

    internal static Trouble Of(Visit visit, Exception failure) => failure switch
    {
        Refusal { Status: 403, Code: "caller.not_allowed" } refusal => new(403, visit["trouble.forbidden"], refusal.Message, refusal.Code),
        Refusal { Status: 404 } refusal => new(404, visit["trouble.missing"], refusal.Message, refusal.Code),
        Refusal { Status: 429 } refusal => new(429, visit["trouble.often"], refusal.Message, refusal.Code),
        Refusal { Status: >= 500 } refusal => new(refusal.Status, visit["trouble.away"], refusal.Message, refusal.Code),
        Refusal refusal => new(refusal.Status, visit["trouble.refused"], refusal.Message, refusal.Code),
        _ => new(StatusCodes.Status500InternalServerError, visit["trouble.bug"], visit["trouble.bug_text"], Activity.Current?.TraceId.ToString() ?? visit.Http.TraceIdentifier),
    };
}
