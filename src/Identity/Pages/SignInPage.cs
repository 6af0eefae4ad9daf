using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// The page behind a one-time link. Opening it uses nothing up, since mail programs open links to look at them; the button does. No script.
/// </summary>
internal static class SignInPage
{
    public const string Path = "/sign-in/link", CodePath = "/sign-in/code";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, async (HttpContext http, Database database, TimeProvider clock) =>
        {
            var token = http.Request.Query["token"].ToString();
            return await PeekAsync(http, token, database, clock) is { } link ? LinkPage.Ask(http, link, token) : LinkPage.Refuse(http, OneTimeLinks.Invalid());
        }).ExcludeFromDescription();
        routes.MapPost(Path, (HttpContext http, IPeople people) => AnswerAsync(http, people, UseAsync)).ExcludeFromDescription().DisableAntiforgery();
        routes.MapPost(CodePath, (HttpContext http, IPeople people) => AnswerAsync(http, people, GiveCodeAsync)).ExcludeFromDescription().DisableAntiforgery();
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, IPeople people, Func<HttpContext, IFormCollection, IPeople, Task<IResult>> answer)
    {
        try
        {
            people.RequireOwnPage(http, null);
            return await answer(http, await http.Request.ReadFormAsync(http.RequestAborted), people);
        }
        catch (Refusal refusal)
        {
            return LinkPage.Refuse(http, refusal);
        }
        catch (InvalidDataException)
        {
            return LinkPage.Refuse(http, OneTimeLinks.Invalid());
        }
    }

    private static async Task<IResult> UseAsync(HttpContext http, IFormCollection form, IPeople people)
    {
        var (token, services) = (form["token"].ToString(), http.RequestServices);
        var link = await PeekAsync(http, token, services.GetRequiredService<Database>(), services.GetRequiredService<TimeProvider>()) ?? throw OneTimeLinks.Invalid();
        switch (link.Purpose)
        {
            case LinkPurpose.SignIn or LinkPurpose.Recover:
                return After(http, await people.SignInWithLinkAsync(http, token, http.RequestAborted));
            case LinkPurpose.Register:
                return After(http, await people.RegisterAsync(http, token, form["name"].ToString(), form["password"].ToString() is { Length: > 0 } password ? password : null,
                    form["organisation"].ToString() is { Length: > 0 } organisation ? organisation : null, http.RequestAborted));
            case LinkPurpose.Invitation:
                return After(http, await people.AcceptInvitationAsync(http, token, http.RequestAborted));
            default:
                await services.GetRequiredService<OperationInvoker>().InvokeAsync(Caller.Anonymous(http.Connection.RemoteIpAddress), link.Purpose == LinkPurpose.ChangeEmail ? "identity.confirm_email" : "identity.undo_email",
                    new JsonObject { ["token"] = token }, cancel: http.RequestAborted);
                return LinkPage.Done(http, link.Purpose);
        }
    }

    private static async Task<IResult> GiveCodeAsync(HttpContext http, IFormCollection form, IPeople people)
    {
        var ticket = form["ticket"].ToString();
        try
        {
            return After(http, await people.SignInWithCodeAsync(http, ticket, form["code"].ToString(), http.RequestAborted));
        }
        catch (Refusal wrong) when (wrong.Code == "identity.code_wrong")
        {
            return LinkPage.AskCode(http, ticket, wrong);
        }
    }

    private static IResult After(HttpContext http, SignInStep step) => step.Next == "code" ? LinkPage.AskCode(http, step.Ticket!, null) : Results.Redirect("/");

    private static async Task<Link?> PeekAsync(HttpContext http, string token, Database database, TimeProvider clock)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, http.RequestAborted);
        return await OneTimeLinks.PeekAsync(platform, token, clock, http.RequestAborted) is { Purpose: not (LinkPurpose.SecondFactor or LinkPurpose.Passkey) } link ? link : null;
    }
}
