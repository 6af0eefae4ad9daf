using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Identity;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>
/// One request of a person: who they are, in which words and colours they read, what they sent, and the only way to the platform:
/// <see cref="AskAsync"/> and <see cref="DoAsync"/> call operations as them, so a page can show and do nothing that they could not over HTTP.
/// </summary>
public sealed class Visit
{
    private readonly HttpContext http;
    private readonly OperationInvoker operations;
    private readonly IPeople people;
    private readonly Lazy<string> nonce = new(() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)));
    private IFormCollection? form;

    internal Visit(HttpContext http, SignedIn? who, Caller? caller)
    {
        var services = http.RequestServices;
        (this.http, operations, people) = (http, services.GetRequiredService<OperationInvoker>(), services.GetRequiredService<IPeople>());
        (Who, Caller, Now) = (who, caller, services.GetRequiredService<TimeProvider>().GetUtcNow());
        Words = Preferences.Words(http, who);
        Scheme = http.Request.Cookies[Preferences.SchemeCookie] is "light" or "dark" ? http.Request.Cookies[Preferences.SchemeCookie]! : "system";
        Notice = Notices.Take(http, who);
    }

    /// <summary>The person who is signed in; null for strangers and programs.</summary>
    public SignedIn? Who { get; }

    /// <summary>As whom operations are called; null for a stranger.</summary>
    public Caller? Caller { get; }

    /// <summary>The language of this page.</summary>
    public Wording Words { get; }

    /// <summary>The moment the page is about.</summary>
    public DateTimeOffset Now { get; }

    /// <summary><c>light</c>, <c>dark</c> or <c>system</c>.</summary>
    public string Scheme { get; }

    /// <summary>What script and style of this very answer carry.</summary>
    public string Nonce => nonce.Value;

    /// <summary>Why what they sent was refused; the form is shown again with it.</summary>
    public Refusal? Problem { get; internal set; }

    /// <summary>What the page before this one did.</summary>
    public string? Notice { get; }

    /// <summary>Path of the page, without the query.</summary>
    public string Path => http.Request.Path.Value ?? "/";

    /// <summary>Path and query, to come back to.</summary>
    public string Address => Path + http.Request.QueryString;

    /// <summary>Cancelled when they went away.</summary>
    public CancellationToken Gone => http.RequestAborted;

    internal HttpContext Http => http;

    /// <summary>A text of the portal in their language.</summary>
    public string this[string key] => Words[key];

    /// <summary>A text with values in it.</summary>
    public string Say(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Words.Say(key, values);

    /// <summary>A text for a word that only exists at run time, such as a state: the key is <paramref name="group"/>, ending in a dot, and the word. The word itself when there is no text for it.</summary>
    public string Name(string group, string word) => Words.Find(group + word) ?? word;

    /// <summary>Whether they may do what needs <paramref name="permission"/>.</summary>
    public bool May(string permission) => Caller?.Allows(permission) == true;

    /// <summary>A part of the address.</summary>
    public string Part(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>A value of the query; null when absent or empty.</summary>
    public string? Query(string name) => http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A posted field, trimmed; null when absent or empty.</summary>
    public string? Posted(string name) => form?[name].ToString().Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Whether a form was posted to this page.</summary>
    public bool IsPosted => form is not null;

    /// <summary>A token that only a page shown to this caller has.</summary>
    public string FormToken => Who?.CsrfToken ?? "";

    /// <summary>Asks an operation that changes nothing.</summary>
    /// <exception cref="Refusal">What the operation refuses.</exception>
    public async Task<T> AskAsync<T>(string operation, JsonObject input, JsonTypeInfo<T> type) =>
        (await DoAsync(operation, input)).Deserialize(type) ?? throw new Refusal("portal.answer_empty", "The platform gave no answer; try again.", 503);

    /// <summary>Asks, and takes "you may not" and "there is none" for an answer.</summary>
    internal async Task<T?> TryAskAsync<T>(string operation, JsonObject input, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return await AskAsync(operation, input, type);
        }
        catch (Refusal refusal) when (refusal.Status is 403 or 404)
        {
            return null;
        }
    }

    /// <summary>Runs an operation as this caller. A form that is sent twice acts once.</summary>
    /// <exception cref="Refusal">What the operation refuses.</exception>
    public Task<JsonNode?> DoAsync(string operation, JsonObject input) => operations.InvokeAsync(
        Caller ?? throw new Refusal("caller.unknown", "Sign in.", 401), operation, input, IdempotencyKey(operation, input), Gone);

    internal async Task ReadFormAsync()
    {
        var sent = await http.Request.ReadFormAsync(Gone);
        // A key in a header is no cookie: no other site can make a browser send it.
        if (Who is not null || Caller is null) people.RequireOwnPage(http, Who is null ? null : sent[Fields.Token].ToString());
        form = sent;
    }

    // The form carries a word of its own from when it was shown. Another operation is another request, and so is the same form with
    // other words: somebody went back and thought again.
    private string? IdempotencyKey(string operation, JsonObject input) => Posted(Fields.Once) is { } once && once.Length <= 64
        ? $"form {once} {operation} {Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, PortalJson.Default.JsonObject)))[..16]}"
        : null;

    /// <summary>A span of time in their language.</summary>
    public string Duration(double milliseconds) => milliseconds switch
    {
        < 1_000 => Say("unit.milliseconds", ("count", Math.Round((decimal)milliseconds))),
        < 60_000 => Say("unit.seconds", ("count", Math.Round((decimal)milliseconds / 1_000, 1))),
        _ => Say("unit.minutes", ("minutes", (int)(milliseconds / 60_000)), ("seconds", (int)(milliseconds / 1_000) % 60)),
    };
}
