using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class ApiPageTests : NotesTestBed
{
    [Fact]
    public async Task Every_operation_stands_on_the_page_with_permission_refusals_example_and_a_line_to_try()
    {
        using var nobody = Host.Anonymous();
        var page = await nobody.GetStringAsync("/api", Cancel);
        foreach (var operation in (await Send(Ada, HttpMethod.Get, "/api/v1/operations")).Body!.AsArray())
        {
            var part = PartOf(page, operation!["name"]!.ToString());
            part.ShouldContain($"<code>{operation["path"]}</code>");
            part.ShouldContain(WebUtility.HtmlEncode(operation["summary"]!.ToString()).Replace("&#39;", "&#x27;", StringComparison.Ordinal));
            if (!(bool)operation["open"]!) part.ShouldContain($"<code>{operation["permission"]}</code>");
            foreach (var refusal in operation["refusals"]!.AsArray()) part.ShouldContain($"<code>{refusal!["code"]}</code>");
            foreach (var (field, _) in operation["input"]!["properties"]!.AsObject()) part.ShouldContain($"<code>{field}</code>");
            part.ShouldContain("curl ");
        }
        PartOf(page, "notes.write").ShouldContain("Buy bread");
    }

    [Fact]
    public async Task The_page_runs_no_script_but_its_own_and_brings_nothing_from_elsewhere()
    {
        using var nobody = Host.Anonymous();
        using var answer = await nobody.GetAsync("/api?lang=ar", Cancel);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        foreach (var (tag, source) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            var content = page.Split($"<{tag}>")[1].Split($"</{tag}>")[0];
            policy.ShouldContain($"{source} 'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)))}'");
        }
        page.ShouldNotContain("src=");
        page.ShouldContain("<html lang=\"ar\" dir=\"rtl\">");
        answer.Content.Headers.ContentLanguage.ShouldBe(["ar"]);
    }

    [Theory]
    [InlineData("notes write", new[] { "notes.change", "notes.write", "notes.break" })]
    [InlineData("NOTES.RARE", new[] { "notes.rare" })]
    [InlineData("forbidden_word", new[] { "notes.write" })]
    [InlineData("no such words", new string[0])]
    public async Task Without_a_script_the_form_filters_on_the_server(string filter, string[] shown)
    {
        using var nobody = Host.Anonymous();
        var page = await nobody.GetStringAsync("/api?q=" + Uri.EscapeDataString(filter), Cancel);
        var operations = (await Send(Ada, HttpMethod.Get, "/api/v1/operations")).Body!.AsArray().Select(one => one!["name"]!.ToString());
        operations.Where(name => !PartOf(page, name).Split('>')[0].EndsWith(" hidden", StringComparison.Ordinal)).ShouldBe(shown, ignoreOrder: true);
        page.Contains("<p id=\"none\" hidden>", StringComparison.Ordinal).ShouldBe(shown.Length > 0);
    }

    [Fact]
    public async Task What_was_typed_cannot_bring_markup()
    {
        using var nobody = Host.Anonymous();
        var page = await nobody.GetStringAsync("/api?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"), Cancel);
        page.ShouldNotContain("<script>alert");
        page.ShouldContain("&quot;&gt;&lt;script&gt;");
    }

    [Theory]
    [InlineData("""{"method":"GET","path":"/api/v1/notes"}""", "curl 'http://h/api/v1/notes' \\\n  -H \"Authorization: Bearer $RIALTO_TOKEN\"")]
    [InlineData("""{"method":"DELETE","path":"/api/v1/notes/{id:guid}","changes":true,"open":true}""", "curl -X DELETE 'http://h/api/v1/notes/{id}' \\\n  -H \"Idempotency-Key: $(uuidgen)\"")]
    [InlineData("""{"method":"POST","path":"/n","open":true,"example":{"text":"it's"}}""", "curl -X POST 'http://h/n' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"text\":\"it'\\''s\"}'")]
    public void The_line_to_try_is_safe_in_a_shell(string operation, string line) => ApiOperation.Curl(JsonNode.Parse(operation)!.AsObject(), "http://h").ShouldBe(line);

    private static string PartOf(string page, string name)
    {
        var begin = page.IndexOf($"<details id=\"{name}\"", StringComparison.Ordinal);
        begin.ShouldBeGreaterThan(0, name);
        var end = page.IndexOf("<details id=", begin + 1, StringComparison.Ordinal);
        return end < 0 ? page[begin..] : page[begin..end];
    }
}
