using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Publishing;

namespace Rialto.Portal;

/// <summary>The door: what stands open to everybody, signing in and out.</summary>
internal static class EntryPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Open("/sign-in", ShowSignIn).PostOpen("/sign-in", SignIn, ShowSignIn);
        pages.Post("/sign-out", SignOut, Welcome);
        pages.Post("/organisation", Switch, HomePages.Show);
    }

    /// <summary>The front page for strangers.</summary>
    public static async Task<Answer> Welcome(Visit visit)
    {
        var services = visit.Http.RequestServices;
        var answers = await services.GetRequiredService<Database>().AnswersAsync(visit.Gone);
        IReadOnlyList<SitePublication> sites = answers ? await services.GetRequiredService<ISitePublishing>().ListOpenAsync(visit.Gone) : [];
        return Answer.Page<Entry.WelcomePage, WelcomeModel>(visit["welcome.title"], new WelcomeModel(sites, answers), answers ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<Answer> ShowSignIn(Visit visit) => Task.FromResult(visit.Caller is not null && !visit.IsPosted
        ? Answer.Go(Destination(visit.Query("return")))
        : Answer.Page<Entry.SignInPage, SignInModel>(visit["signin.title"], new SignInModel(Destination(visit.Posted("return") ?? visit.Query("return")))));

    private static async Task<Answer> SignIn(Visit visit)
    {
        var people = visit.Http.RequestServices.GetRequiredService<IPeople>();
        var step = await people.SignInAsync(visit.Http, visit.Posted("email") ?? "", visit.Posted("password") ?? "", visit.Gone);
        return step.Next == "done" ? Answer.Go(Destination(visit.Posted("return"))) : throw new Refusal("portal.second_factor", visit["signin.second_factor"], 403);
    }

    private static async Task<Answer> SignOut(Visit visit)
    {
        await visit.Http.RequestServices.GetRequiredService<IPeople>().SignOutAsync(visit.Http, visit.Gone);
        return Answer.Go("/");
    }

    private static async Task<Answer> Switch(Visit visit)
    {
        if (!Guid.TryParse(visit.Posted("organisation"), out var organisation)) throw new Refusal("request.malformed", visit["trouble.refused"], 400);
        await visit.Http.RequestServices.GetRequiredService<IPeople>().SwitchAsync(visit.Http, organisation, visit.Gone);
        return Answer.Go("/");
    }

    private static string Destination(string? wanted) => wanted is not null && Preferences.IsOurs(wanted) ? wanted : "/";
}

/// <summary>The front page for strangers.</summary>
/// <param name="Sites">What stands open.</param>
/// <param name="DatabaseAnswers">Whether the platform works.</param>
public sealed record WelcomeModel(IReadOnlyList<SitePublication> Sites, bool DatabaseAnswers);

/// <summary>Signing in.</summary>
/// <param name="Return">Where to go on.</param>
public sealed record SignInModel(string Return);
