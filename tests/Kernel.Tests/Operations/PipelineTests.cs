using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class PipelineTests : NotesTestBed
{
    [Fact]
    public async Task Ada_writes_a_note_and_Bobs_organisation_cannot_see_it()
    {
        var (status, body, answer) = await Write(Ada, "hers");
        status.ShouldBe(201);
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/notes/{body!["id"]}");
        (await Send(Ada, HttpMethod.Get, "/api/v1/notes")).Body!["items"]!.AsArray().Count.ShouldBe(1);
        (await Send(Bob, HttpMethod.Get, "/api/v1/notes")).Body!["items"]!.AsArray().ShouldBeEmpty();
        var foreign = await Send(Bob, HttpMethod.Put, $"/api/v1/notes/{body["id"]}", new { text = "his", rank = 1 });
        var unknown = await Send(Bob, HttpMethod.Put, $"/api/v1/notes/{Guid.NewGuid()}", new { text = "his", rank = 1 });
        (foreign.Status, foreign.Body!["code"]!.ToString(), foreign.Body["detail"]!.ToString())
            .ShouldBe((unknown.Status, unknown.Body!["code"]!.ToString(), unknown.Body["detail"]!.ToString()));
    }

    [Fact]
    public async Task Who_names_nobody_or_a_wrong_key_is_refused()
    {
        using var nobody = Host.Anonymous();
        var (status, body, answer) = await Send(nobody, HttpMethod.Get, "/api/v1/notes");
        (status, body!["code"]!.ToString()).ShouldBe((401, "caller.unknown"));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        (await Send(nobody, HttpMethod.Get, "/api/v1/notes", headers: ("Authorization", "Bearer wrong"))).Body!["code"]!.ToString().ShouldBe("caller.key_unknown");
    }

    [Theory]
    [InlineData("notes.write", 201)]
    [InlineData("notes.*", 201)]
    [InlineData("*", 201)]
    [InlineData("notes.read", 403)]
    [InlineData("note.*", 403)]
    [InlineData("jobs.*", 403)]
    public async Task The_permission_decides(string permission, int expected)
    {
        using var eve = Host.As("eve", AdasTenant, permission);
        (await Write(eve, "text")).Status.ShouldBe(expected);
        (await Count()).ShouldBe(expected == 201 ? 1 : 0);
    }

    [Fact]
    public async Task A_refused_change_leaves_neither_rows_nor_events()
    {
        var (status, body, _) = await Write(Ada, "curse");
        (status, body!["code"]!.ToString(), body["detail"]!.ToString()).ShouldBe((422, "notes.forbidden_word", "Find another word."));
        (await Count()).ShouldBe(0);
        (await Count("kernel.events")).ShouldBe(0);
    }

    [Fact]
    public async Task A_bug_leaves_nothing_says_nothing_of_its_inside_and_names_its_trace()
    {
        var (status, body, _) = await Send(Ada, HttpMethod.Post, "/api/v1/notes/break");
        (status, body!["code"]!.ToString()).ShouldBe((500, "bug"));
        body.ToJsonString().ShouldNotContain("secret inner words");
        (await Count()).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"text":"","rank":1}""", "request.invalid", "text")]
    [InlineData("""{"text":"a","rank":101}""", "request.invalid", "rank")]
    [InlineData("""{"text":"a","rank":1,"author":{"email":"no"}}""", "request.invalid", "author.email")]
    [InlineData("""{"text":"a"}""", "request.malformed", null)]
    [InlineData("""{"text":"a","rank":"x"}""", "request.malformed", null)]
    [InlineData("""{"text":""", "request.malformed", null)]
    [InlineData("[]", "request.malformed", null)]
    public async Task What_is_not_acceptable_is_refused_with_its_field(string json, string code, string? field)
    {
        var (status, body, _) = await Send(Ada, HttpMethod.Post, "/api/v1/notes", json);
        (status, body!["code"]!.ToString()).ShouldBe((400, code));
        if (field is not null) body["details"]![field].ShouldNotBeNull();
        (await Count()).ShouldBe(0);
    }

    [Fact]
    public async Task Who_calls_too_often_is_told_when_to_come_again()
    {
        (await Send(Ada, HttpMethod.Get, "/api/v1/notes/rare")).Status.ShouldBe(200);
        (await Send(Ada, HttpMethod.Get, "/api/v1/notes/rare")).Status.ShouldBe(200);
        var (status, body, answer) = await Send(Ada, HttpMethod.Get, "/api/v1/notes/rare");
        (status, body!["code"]!.ToString()).ShouldBe((429, "caller.too_often"));
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
        (await Send(Bob, HttpMethod.Get, "/api/v1/notes/rare")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_change_of_what_was_changed_meanwhile_is_refused()
    {
        var id = (await Write(Ada, "first")).Body!["id"];
        var changed = await Send(Ada, HttpMethod.Put, $"/api/v1/notes/{id}", new { text = "second", rank = 1 }, ("If-Match", "\"1\""));
        (changed.Status, changed.Answer.Headers.ETag!.Tag).ShouldBe((200, "\"2\""));
        var late = await Send(Ada, HttpMethod.Put, $"/api/v1/notes/{id}", new { text = "third", rank = 1 }, ("If-Match", "\"1\""));
        (late.Status, late.Body!["code"]!.ToString()).ShouldBe((412, "request.changed_meanwhile"));
    }

    [Fact]
    public async Task A_refusal_speaks_the_callers_language_and_keeps_its_code()
    {
        using var reader = Host.As("reader", AdasTenant, "notes.read");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notes") { Content = new StringContent("""{"text":"a","rank":1}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.AcceptLanguage.ParseAdd("de-AT, en;q=0.5");
        using var answer = await reader.SendAsync(request, Cancel);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        problem["code"]!.ToString().ShouldBe("caller.not_allowed");
        problem["detail"]!.ToString().ShouldBe("Dafür ist das Recht notes.write nötig; bitten Sie jemanden, dem die Organisation gehört, darum.");
        (await Send(reader, HttpMethod.Post, "/api/v1/notes", """{"text":"a","rank":1}""")).Body!["detail"]!.ToString().ShouldStartWith("This needs the permission notes.write");
    }
}
