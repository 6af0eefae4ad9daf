using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rialto.Identity.OAuth;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Where a program's request to be let in is answered: from a browser it has sent here, or by the code a device shows.</summary>
internal static class ConsentPages
{
    // As the protocol names them, and as the operations do.
    private static readonly (string Sent, string Asked)[] Fields =
    [
        ("response_type", "responseType"), ("client_id", "clientId"), ("redirect_uri", "redirectUri"), ("scope", "scope"), ("state", "state"), ("code_challenge", "codeChallenge"), ("code_challenge_method", "codeChallengeMethod"),
    ];

    public static void Map(PortalRoutes pages)
    {
        pages.Get("/oauth/authorize", Ask);
        pages.Post("/oauth/authorize", Decide, Ask);
        pages.Get("/device", ShowDevice);
        pages.Post("/device", AnswerDevice, ShowDevice);
    }

    private static async Task<Answer> Ask(Visit visit)
    {
        var sent = Fields.Select(field => (field.Sent, Value: visit.Posted(field.Sent) ?? visit.Query(field.Sent))).Where(field => field.Value is not null).Select(field => (field.Sent, field.Value!)).ToArray();
        var input = new JsonObject();
        foreach (var (name, value) in sent) input[Fields.Single(field => field.Sent == name).Asked] = value;
        var question = await visit.AskAsync("identity.ask_consent", input, PortalJson.Default.ConsentQuestion);
        return question.SendBackTo is { } back
            ? Answer.Page<Consent.SentBackPage, SentBackModel>(visit["consent.wrong"], new SentBackModel(question.App, back, IsWrong: true), StatusCodes.Status400BadRequest)
            : Answer.Page<Consent.ConsentPage, ConsentModel>(visit.Say("consent.title", ("app", question.App)), new ConsentModel(question, sent));
    }

    // Not a redirect: a form may lead to pages of this server only, and the program's address is another.
    private static async Task<Answer> Decide(Visit visit)
    {
        var input = new JsonObject { ["allow"] = visit.Posted("allow") == "yes" };
        foreach (var (sent, asked) in Fields)
            if (visit.Posted(sent) is { } value) input[asked] = value;
        var answer = await visit.AskAsync("identity.give_consent", input, PortalJson.Default.ConsentAnswer);
        visit.Http.Response.Headers["Refresh"] = "0;url=" + answer.RedirectTo;
        return Answer.Page<Consent.SentBackPage, SentBackModel>(visit["consent.back"], new SentBackModel(visit.Posted("app") ?? "", answer.RedirectTo, IsWrong: false));
    }

    private static async Task<Answer> ShowDevice(Visit visit)
    {
        var code = visit.Posted("code") ?? visit.Query("code");
        var question = code is null || visit.Problem is not null ? null : await visit.TryAskAsync("identity.look_at_device", new() { ["code"] = code }, PortalJson.Default.DeviceQuestion);
        if (code is not null && question is null) visit.Problem ??= new Refusal("identity.device_code_unknown", visit["device.unknown"], 404);
        return Answer.Page<Consent.DevicePage, DeviceModel>(visit["device.title"], new DeviceModel(code, question));
    }

    private static async Task<Answer> AnswerDevice(Visit visit)
    {
        if (visit.Posted("allow") is not { } allow) return await ShowDevice(visit);
        await visit.DoAsync("identity.answer_device", new() { ["code"] = visit.Posted("code") ?? "", ["allow"] = allow == "yes" });
        return Answer.Go("/", visit[allow == "yes" ? "device.done" : "device.refused"]);
    }
}

/// <summary>A program asks.</summary>
/// <param name="Question">What it asks.</param>
/// <param name="Sent">Its request, to be sent along with the answer.</param>
public sealed record ConsentModel(ConsentQuestion Question, IReadOnlyList<(string Name, string Value)> Sent);

/// <summary>The way back to a program.</summary>
/// <param name="App">Its name.</param>
/// <param name="Address">Where it waits.</param>
/// <param name="IsWrong">True when its request was wrong.</param>
public sealed record SentBackModel(string App, string Address, bool IsWrong);

/// <summary>A device asks.</summary>
/// <param name="Code">What it shows; null before it was entered.</param>
/// <param name="Question">What it asks; null when no device shows this code.</param>
public sealed record DeviceModel(string? Code, DeviceQuestion? Question);
