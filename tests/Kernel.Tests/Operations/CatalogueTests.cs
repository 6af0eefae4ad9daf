using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class CatalogueTests : NotesTestBed
{
    private Caller Caller(params string[] permissions) => new(AdasTenant, "user:ada", permissions.ToHashSet());

    private OperationInvoker Invoker => Host.Services.GetRequiredService<OperationInvoker>();

    [Fact]
    public async Task The_catalogue_has_every_operation_with_its_schemas()
    {
        var all = (await Send(Ada, HttpMethod.Get, "/api/v1/operations")).Body!.AsArray();
        var write = all.Single(one => one!["name"]!.ToString() == "notes.write")!;
        (write["method"]!.ToString(), write["path"]!.ToString(), write["permission"]!.ToString(), (bool)write["changes"]!).ShouldBe(("POST", "/api/v1/notes", "notes.write", true));
        write["input"]!["properties"]!.AsObject().Select(one => one.Key).ShouldBe(["text", "rank", "author"]);
        write["input"]!["required"]!.AsArray().Select(one => one!.ToString()).ShouldBe(["text", "rank"]);
        write["answer"]!["properties"]!["id"].ShouldNotBeNull();
        write["refusals"]!.AsArray().Select(one => one!["code"]!.ToString()).ShouldContain("notes.forbidden_word");
        var list = all.Single(one => one!["name"]!.ToString() == "notes.list")!;
        list["query"]!.AsArray().Select(one => one!.ToString()).ShouldBe(["cursor", "limit", "sort", "text", "rank"], ignoreOrder: true);
        write["query"]!.AsArray().ShouldBeEmpty();
        list["input"]!["properties"]!.AsObject().Select(one => one.Key).ShouldBe(["cursor", "limit", "sort", "text", "rank"], ignoreOrder: true);
        all.Single(one => one!["name"]!.ToString() == "jobs.get")!["input"]!["required"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe("id");
    }

    [Fact]
    public async Task The_description_is_whole_and_knows_refusals_keys_and_examples()
    {
        using var nobody = Host.Anonymous();
        var (status, document, _) = await Send(nobody, HttpMethod.Get, "/api/v1/openapi.json");
        status.ShouldBe(200);
        var write = document!["paths"]!["/api/v1/notes"]!["post"]!;
        write["operationId"]!.ToString().ShouldBe("notes.write");
        write["responses"]!["422"]!["description"]!.ToString().ShouldContain("notes.forbidden_word");
        write["parameters"]!.AsArray().ShouldContain(one => one!["name"]!.ToString() == "Idempotency-Key");
        write["requestBody"]!["content"]!["application/json"]!["example"]!["text"]!.ToString().ShouldBe("Buy bread");
        foreach (var operation in (await Send(Ada, HttpMethod.Get, "/api/v1/operations")).Body!.AsArray())
            document["paths"]![operation!["path"]!.ToString().Replace(":guid", "", StringComparison.Ordinal)]![operation["method"]!.ToString().ToLowerInvariant()]!["operationId"]!
                .ToString().ShouldBe(operation["name"]!.ToString());
    }

    [Fact]
    public async Task An_operation_called_in_process_does_what_it_does_over_HTTP()
    {
        var note = await Invoker.InvokeAsync(Caller("notes.*"), "notes.write", new JsonObject { ["text"] = "inside", ["rank"] = 3 }, "k1", Cancel);
        var again = await Invoker.InvokeAsync(Caller("notes.*"), "notes.write", new JsonObject { ["text"] = "inside", ["rank"] = 3 }, "k1", Cancel);
        again!["id"]!.ToString().ShouldBe(note!["id"]!.ToString());
        var changed = await Invoker.InvokeAsync(Caller("notes.*"), "notes.change", new JsonObject { ["id"] = note["id"]!.ToString(), ["text"] = "changed", ["rank"] = 4 }, cancel: Cancel);
        ((int)changed!["version"]!).ShouldBe(2);
        var list = await Invoker.InvokeAsync(Caller("notes.read"), "notes.list", new JsonObject { ["limit"] = 5, ["text"] = "changed" }, cancel: Cancel);
        list!["items"]!.AsArray().ShouldHaveSingleItem()!["rank"]!.GetValue<int>().ShouldBe(4);
        (await Send(Bob, HttpMethod.Get, "/api/v1/notes")).Body!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("notes.write", """{"text":"a","rank":1}""", "notes.read", "caller.not_allowed")]
    [InlineData("notes.write", """{"text":"","rank":1}""", "*", "request.invalid")]
    [InlineData("notes.write", """{"text":"curse","rank":1}""", "*", "notes.forbidden_word")]
    [InlineData("notes.change", """{"text":"a","rank":1}""", "*", "operations.input_missing")]
    [InlineData("notes.list", """{"colour":"red"}""", "*", "operations.input_unknown")]
    [InlineData("notes.dance", "{}", "*", "operations.unknown")]
    public async Task The_refusals_are_the_same_inside(string name, string input, string permission, string code) =>
        (await Should.ThrowAsync<Refusal>(() => Invoker.InvokeAsync(Caller(permission), name, JsonNode.Parse(input)!.AsObject(), cancel: Cancel))).Code.ShouldBe(code);

    [Fact]
    public async Task Every_operation_refuses_who_is_not_signed_in()
    {
        using var nobody = Host.Anonymous();
        foreach (var operation in (await Send(Ada, HttpMethod.Get, "/api/v1/operations")).Body!.AsArray())
        {
            var path = operation!["path"]!.ToString().Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
            (await Send(nobody, new HttpMethod(operation["method"]!.ToString()), path, operation["method"]!.ToString() == "GET" ? null : "{}")).Status.ShouldBe(401, path);
        }
    }
}
