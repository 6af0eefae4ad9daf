using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Shouldly;

namespace Rialto.Portal.Tests;

/// <summary>A browser without scripts: keeps cookies, sends forms as they stand on the page, follows nothing by itself.</summary>
public sealed class PortalBrowser(Uri server) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private HttpClient? client;

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = new() { ["Sec-Fetch-Site"] = "same-origin" };

    public CookieCollection Cookies => cookies.GetAllCookies();

    private HttpClient Client => client ??= new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = server };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<Seen> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Posts fields that stand on no page.</summary>
    public Task<Seen> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    /// <summary>Sends the form of <paramref name="page"/> that goes to <paramref name="action"/>, with other values where given.</summary>
    public Task<Seen> SubmitAsync(Seen page, string action, params (string Name, string Value)[] other) => PostAsync(action, [.. Fields(page, action, other)]);

    /// <summary>Submits, insists on a redirect, and goes there.</summary>
    public async Task<Seen> SubmitAndFollowAsync(Seen page, string action, params (string Name, string Value)[] other)
    {
        var answer = await SubmitAsync(page, action, other);
        answer.Status.ShouldBe(303, answer.Text);
        return await GetAsync(answer.Location!);
    }

    public void Dispose() => client?.Dispose();

    private static IEnumerable<(string, string)> Fields(Seen page, string action, (string Name, string Value)[] other)
    {
        var form = page.Document.QuerySelectorAll("form").FirstOrDefault(form => form.GetAttribute("action") == action) ?? throw new InvalidOperationException($"No form to {action} on the page: {page.Main}");
        foreach (var field in form.QuerySelectorAll("input[name], select[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (other.Any(one => one.Name == name) || field.GetAttribute("type") is "radio" or "checkbox" && !field.HasAttribute("checked")) continue;
            yield return (name, field.TagName == "SELECT" ? (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))?.GetAttribute("value") ?? "" : field.GetAttribute("value") ?? "");
        }
        foreach (var one in other) yield return one;
    }

    private async Task<Seen> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await Client.SendAsync(request, Cancel);
            var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new Seen((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel), headers);
        }
    }
}

/// <summary>An answer, as somebody sees it.</summary>
public sealed record Seen(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public string? Location => Headers.GetValueOrDefault("Location");

    public IDocument Document { get; } = new HtmlParser().ParseDocument(Text);

    public string Main => Document.QuerySelector("main")!.TextContent;

    public string? Notice => Document.QuerySelector(".notice[role]")?.TextContent.Trim();
}

/// <summary>Words for tests.</summary>
public static class Expectations
{
    public static void ShouldBeRedirect(this int status) => status.ShouldBeOneOf(302, 303);
}
