using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Gets certificates from an authority that speaks ACME (RFC 8555), by HTTP-01. One client is for one issue: it asks for the directory
/// and its account anew, so nothing it remembers can be stale.
/// </summary>
/// <param name="http">Trusts the authority's own certificate.</param>
/// <param name="directory">Address of its directory.</param>
/// <param name="key">The account's key.</param>
internal sealed class AcmeClient(HttpClient http, Uri directory, AcmeKey key)
{
    private const int MostNonceTries = 12, MostLooks = 40;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500), LongestPause = TimeSpan.FromSeconds(10);
    private JsonElement addresses;
    private string? nonce, account;

    /// <summary>Orders a certificate for <paramref name="name"/> and returns it with its chain, as PEM.</summary>
    /// <param name="name">The domain.</param>
    /// <param name="contact">Where the authority may write to; empty for nowhere.</param>
    /// <param name="certificateKey">The certificate's own key, which never leaves this machine.</param>
    /// <param name="publish">Puts an answer at <c>/.well-known/acme-challenge/token</c> of the name, before the authority is sent there.</param>
    /// <param name="cancel">Cancels the order.</param>
    /// <exception cref="Refusal"><c>domains.authority_refused</c>, <c>domains.authority_unreachable</c>, <c>domains.authority_slow</c>.</exception>
    public async Task<string> IssueAsync(string name, string contact, ECDsa certificateKey, Func<string, string, Task> publish, CancellationToken cancel)
    {
        await RegisterAsync(contact, cancel);
        var order = await PostAsync(Address("newOrder"), new JsonObject { ["identifiers"] = new JsonArray(new JsonObject { ["type"] = "dns", ["value"] = name }) }, cancel);
        foreach (var authorization in order.Body.GetProperty("authorizations").EnumerateArray()) await ProveAsync(new Uri(authorization.GetString()!), publish, cancel);
        var place = order.Location ?? throw Odd("an order without an address");
        await UntilAsync(place, ["ready", "valid"], cancel);
        var finished = await PostAsync(new Uri(order.Body.GetProperty("finalize").GetString()!), new JsonObject { ["csr"] = Base64Url.EncodeToString(Request(name, certificateKey)) }, cancel);
        var valid = Status(finished.Body) == "valid" ? finished.Body : await UntilAsync(place, ["valid"], cancel);
        return (await PostAsync(new Uri(valid.GetProperty("certificate").GetString()!), null, cancel)).Text;
    }

    private async Task RegisterAsync(string contact, CancellationToken cancel)
    {
        using (var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, directory), cancel)) addresses = Parse(await answer.Content.ReadAsStringAsync(cancel));
        var wanted = new JsonObject { ["termsOfServiceAgreed"] = true };
        if (contact.Length > 0) wanted["contact"] = new JsonArray("mailto:" + contact);
        account = (await PostAsync(Address("newAccount"), wanted, cancel)).Location?.AbsoluteUri ?? throw Odd("an account without an address");
    }

    private async Task ProveAsync(Uri authorization, Func<string, string, Task> publish, CancellationToken cancel)
    {
        var wanted = (await PostAsync(authorization, null, cancel)).Body;
        if (Status(wanted) == "valid") return;
        var challenge = wanted.GetProperty("challenges").EnumerateArray().FirstOrDefault(one => one.GetProperty("type").GetString() == "http-01");
        if (challenge.ValueKind != JsonValueKind.Object) throw Odd("no way to prove the domain by HTTP");
        var token = challenge.GetProperty("token").GetString()!;
        await publish(token, key.Authorization(token));
        await PostAsync(new Uri(challenge.GetProperty("url").GetString()!), new JsonObject(), cancel);
        await UntilAsync(authorization, ["valid"], cancel);
    }

    private async Task<JsonElement> UntilAsync(Uri place, string[] wanted, CancellationToken cancel)
    {
        var pause = FirstPause;
        for (var look = 0; look < MostLooks; look++)
        {
            var answer = await PostAsync(place, null, cancel);
            var status = Status(answer.Body);
            if (wanted.Contains(status)) return answer.Body;
            if (status is "invalid" or "expired" or "revoked" or "deactivated") throw Refused(Reason(answer.Body), 422);
            await Task.Delay(answer.RetryAfter is { } told && told < LongestPause ? told : pause, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        throw new Refusal("domains.authority_slow", "The certificate authority has not decided in time; it is asked again later.", 503);
    }

    private async Task<AcmeReply> PostAsync(Uri address, JsonObject? payload, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            nonce ??= await NonceAsync(cancel);
            var header = new JsonObject { ["alg"] = "ES256", ["nonce"] = nonce, ["url"] = address.AbsoluteUri };
            if (account is null) header["jwk"] = key.PublicJwk();
            else header["kid"] = account;
            nonce = null;
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(key.Sign(header, payload)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
            using var answer = await SendAsync(request, cancel);
            if (answer.Headers.TryGetValues("Replay-Nonce", out var fresh)) nonce = fresh.First();
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (answer.IsSuccessStatusCode) return new AcmeReply(text, answer.Content.Headers.ContentType?.MediaType == "application/json" ? Parse(text) : default, answer.Headers.Location, answer.Headers.RetryAfter?.Delta);
            var problem = Parse(text);
            var type = problem.TryGetProperty("type", out var words) ? words.GetString() ?? "" : "";
            if (type.EndsWith(":badNonce", StringComparison.Ordinal) && attempt < MostNonceTries) continue;
            throw Refused(Reason(problem), (int)answer.StatusCode is 429 or >= 500 ? 503 : 422);
        }
    }

    private async Task<string> NonceAsync(CancellationToken cancel)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Head, Address("newNonce")), cancel);
        return answer.Headers.TryGetValues("Replay-Nonce", out var fresh) ? fresh.First() : throw Odd("no nonce");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Rialto", "1"));
        try
        {
            return await http.SendAsync(request, cancel);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new Refusal("domains.authority_unreachable", $"The certificate authority at {directory.Host} does not answer; it is asked again later.", 503);
        }
    }

    private Uri Address(string name) => addresses.TryGetProperty(name, out var address) ? new Uri(address.GetString()!) : throw Odd("no " + name);

    private static byte[] Request(string name, ECDsa certificateKey)
    {
        var request = new CertificateRequest(new X500DistinguishedName(""), certificateKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSigningRequest();
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            using var read = JsonDocument.Parse(text);
            return read.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Odd("an answer that is no JSON");
        }
    }

    private static string Status(JsonElement body) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty("status", out var status) ? status.GetString() ?? "" : "";

    // The most exact words an authority has: those of the challenge, else its own.
    private static string Reason(JsonElement body)
    {
        if (body.TryGetProperty("challenges", out var challenges))
            foreach (var challenge in challenges.EnumerateArray())
                if (challenge.TryGetProperty("error", out var wrong)) return Reason(wrong);
        if (body.TryGetProperty("error", out var error)) return Reason(error);
        return body.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "no reason" : "no reason given";
    }

    private static Refusal Refused(string words, int status) => new("domains.authority_refused", $"The certificate authority refuses: {(words.Length > 400 ? words[..400] : words)}", status);

    private static Refusal Odd(string what) => new("domains.authority_refused", $"The certificate authority answered with {what}; is the address of its directory right?", 503);

    private sealed record AcmeReply(string Text, JsonElement Body, Uri? Location, TimeSpan? RetryAfter);
}
