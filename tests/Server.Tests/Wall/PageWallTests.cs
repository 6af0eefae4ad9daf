using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests.Wall;

/// <summary>Every page that a stranger reaches on a whole node: what it tells browsers, and that it needs none of what it forbids.</summary>
[Collection(nameof(WalledNode))]
public sealed partial class PageWallTests(WalledNode node)
{
    private const int MostPages = 40;

    [Fact]
    public async Task No_page_lets_scripts_in_by_anything_but_a_nonce_or_a_hash_and_none_has_others()
    {
        var wrong = new List<string>();
        var pages = 0;
        await foreach (var (path, answer, html) in WalkAsync())
        {
            pages++;
            var policy = answer.Headers.TryGetValues("Content-Security-Policy", out var told) ? string.Join("; ", told) : "";
            if (policy.Length == 0) wrong.Add($"{path} has no Content-Security-Policy");
            if (!policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)) wrong.Add($"{path} may be framed: {policy}");
            if (!policy.Contains("base-uri 'none'", StringComparison.Ordinal)) wrong.Add($"{path} lets its base be moved: {policy}");
            var scripts = policy.Split(';').Select(part => part.Trim()).FirstOrDefault(part => part.StartsWith("script-src ", StringComparison.Ordinal)) ?? "default-src 'none'";
            foreach (var weak in new[] { "'unsafe-inline'", "'unsafe-eval'", " *", " http:", " https:", " data:" })
                if (scripts.Contains(weak, StringComparison.Ordinal)) wrong.Add($"{path} lets scripts in by{weak}");
            if (!answer.Headers.TryGetValues("X-Content-Type-Options", out var sniff) || sniff.Single() != "nosniff") wrong.Add($"{path} lets browsers guess its type");
            foreach (Match script in Scripts().Matches(html))
            {
                var nonce = Nonces().Match(script.Groups[1].Value);
                var isKnown = nonce.Success ? scripts.Contains($"'nonce-{WebUtility.HtmlDecode(nonce.Groups[1].Value)}'", StringComparison.Ordinal)
                    : scripts.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups[2].Value)))}'", StringComparison.Ordinal);
                if (!isKnown && !script.Groups[1].Value.Contains("application/json", StringComparison.Ordinal) && !script.Groups[1].Value.Contains("application/ld+json", StringComparison.Ordinal)) wrong.Add($"{path} has a script that its own policy forbids: {script.Value[..Math.Min(80, script.Value.Length)]}");
            }
            wrong.AddRange(Handlers().Matches(html).Select(handler => $"{path} has a handler in its text: {handler.Value}"));
        }
        if (wrong.Count > 0) Assert.Fail(string.Join('\n', wrong.Distinct()));
        pages.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_nonce_is_used_for_one_answer_only()
    {
        var nonces = new List<string>();
        for (var turn = 0; turn < 3; turn++)
        {
            using var answer = await node.Anonymous.GetAsync("/", TestContext.Current.CancellationToken);
            var policy = answer.Headers.TryGetValues("Content-Security-Policy", out var told) ? string.Join("; ", told) : "";
            nonces.AddRange(PolicyNonces().Matches(policy).Select(match => match.Groups[1].Value).Distinct());
        }
        nonces.Distinct().Count().ShouldBe(nonces.Count);
        nonces.ShouldAllBe(nonce => Convert.FromBase64String(nonce).Length >= 16);
    }

    private async IAsyncEnumerable<(string Path, HttpResponseMessage Answer, string Html)> WalkAsync()
    {
        var waiting = new Queue<string>(["/", "/api", "/sign-in", "/nothing-here"]);
        var seen = new HashSet<string>(waiting);
        for (var visited = 0; waiting.Count > 0 && visited < MostPages; visited++)
        {
            var path = waiting.Dequeue();
            using var answer = await node.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (Match link in Links().Matches(html))
                if (seen.Add(link.Groups[1].Value)) waiting.Enqueue(link.Groups[1].Value);
            yield return (path, answer, html);
        }
    }

    [GeneratedRegex("""<script\b([^>]*)>(.*?)</script>""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Scripts();

    [GeneratedRegex("""\bnonce="([^"]+)["]""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Nonces();

    [GeneratedRegex("""'nonce-([^']+)'""", RegexOptions.NonBacktracking)]
    private static partial Regex PolicyNonces();

    [GeneratedRegex("""<[a-z][^<>]*\s(?:on[a-z]{3,20}\s*=|href\s*=\s*"javascript:)[^<>]*>""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Handlers();

    [GeneratedRegex("""\bhref="(/[a-z0-9/_-]*)["]""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
