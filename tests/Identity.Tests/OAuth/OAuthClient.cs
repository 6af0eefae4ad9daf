using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests.OAuth;

/// <summary>A program of somebody else's, as strict as the protocol: makes its own proof, sends forms, checks who answers.</summary>
internal sealed class OAuthClient(Uri server, string id, string? secret) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };

    public string Id => id;

    public string? Secret { get; set; } = secret;

    public string Verifier { get; set; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes one with the owner's browser.</summary>
    public static async Task<OAuthClient> MakeAsync(BrowserClient owner, bool isConfidential = true, string[]? redirectUris = null, string[]? scopes = null)
    {
        var (status, body) = await owner.PostAsync("/api/v1/identity/apps", new { name = "Bot", redirectUris = redirectUris ?? ["https://bot.example/back"], scopes = scopes ?? ["identity.read"], isConfidential }, Cancel);
        status.ShouldBe(201, body?.ToJsonString());
        return new OAuthClient(owner.Server, body!["app"]!["id"]!.ToString(), body["secret"]?.ToString());
    }

    /// <summary>What it asks a browser to bring.</summary>
    public Dictionary<string, object?> Request(string? redirectUri = "https://bot.example/back", string? scope = null, bool allow = true) => new()
    {
        ["responseType"] = "code", ["clientId"] = id, ["redirectUri"] = redirectUri, ["scope"] = scope, ["state"] = "s t&ate", ["codeChallenge"] = Challenge, ["codeChallengeMethod"] = "S256", ["allow"] = allow,
    };

    /// <summary>Brings the person here and takes what comes back: the fields of the answer's address.</summary>
    public async Task<System.Collections.Specialized.NameValueCollection> AskAsync(BrowserClient person, Dictionary<string, object?>? request = null)
    {
        var (status, body) = await person.PostAsync("/api/v1/identity/consent", request ?? Request(), Cancel);
        status.ShouldBe(200, body?.ToJsonString());
        var target = new Uri(body!["redirectTo"]!.ToString());
        return HttpUtility.ParseQueryString(target.Query);
    }

    /// <summary>Asks the token endpoint.</summary>
    public Task<(int Status, JsonNode? Body)> TokenAsync(params (string Name, string Value)[] fields) => FormAsync("/oauth/token", fields);

    /// <summary>Changes a code for tokens.</summary>
    public Task<(int Status, JsonNode? Body)> ForCodeAsync(string code, string redirectUri = "https://bot.example/back") =>
        TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", Verifier));

    /// <summary>Changes a refresh token for its successor.</summary>
    public Task<(int Status, JsonNode? Body)> RefreshAsync(string token) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    /// <summary>Lets itself in by a person and returns both tokens.</summary>
    public async Task<(string Access, string Refresh)> LetInAsync(BrowserClient person)
    {
        var (status, body) = await ForCodeAsync((await AskAsync(person))["code"]!);
        status.ShouldBe(200, body?.ToJsonString());
        return (body!["access_token"]!.ToString(), body["refresh_token"]!.ToString());
    }

    /// <summary>Calls an operation with an access token.</summary>
    public async Task<(int Status, JsonNode? Body)> CallAsync(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        return await ReadAsync(request);
    }

    /// <summary>Sends a form, with the secret as HTTP Basic when there is one.</summary>
    public async Task<(int Status, JsonNode? Body)> FormAsync(string path, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)).ToList();
        if (Secret is null && all.All(field => field.Key != "client_id")) all.Add(new("client_id", id));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(all) };
        if (Secret is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{Secret}")));
        return await ReadAsync(request);
    }

    public void Dispose() => http.Dispose();

    private async Task<(int Status, JsonNode? Body)> ReadAsync(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request, Cancel);
        if (request.Content is FormUrlEncodedContent) answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
