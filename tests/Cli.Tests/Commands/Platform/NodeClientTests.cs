using System.Text.Json.Nodes;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Cli.Tests.Commands.Platform;

public sealed class NodeClientTests
{
    private const string Tag = """{"name":"notes.tag","method":"POST","path":"/api/v1/notes/{id:guid}/tags","query":["times","loud"],"input":{"properties":{"id":{},"times":{},"loud":{},"text":{}}}}""";
    private const string Touch = """{"name":"notes.touch","method":"POST","path":"/api/v1/notes/{id:guid}/touch","query":["times"],"input":{"properties":{"id":{},"times":{}}}}""";
    private const string List = """{"name":"notes.list","method":"GET","path":"/api/v1/notes","query":["text","limit"],"input":{"properties":{"text":{},"limit":{}}}}""";

    [Theory]
    [InlineData(Tag, """{"id":"7","times":3,"loud":true,"text":"a b"}""", "/api/v1/notes/7/tags?times=3&loud=true", """{"text":"a b"}""")]
    [InlineData(Tag, """{"id":"a/b","text":"x"}""", "/api/v1/notes/a%2Fb/tags", """{"text":"x"}""")]
    [InlineData(Tag, """{"id":"7","times":null,"text":null}""", "/api/v1/notes/7/tags", """{"text":null}""")]
    [InlineData(Touch, """{"id":"7","times":2}""", "/api/v1/notes/7/touch?times=2", null)]
    [InlineData(List, """{"text":"a&b","limit":5}""", "/api/v1/notes?text=a%26b&limit=5", null)]
    [InlineData(List, "{}", "/api/v1/notes", null)]
    public async Task Each_part_of_the_input_goes_where_the_operation_takes_it(string operation, string input, string address, string? body)
    {
        using var request = NodeClient.Compose(JsonNode.Parse(operation)!.AsObject(), JsonNode.Parse(input)!.AsObject());
        request.RequestUri!.OriginalString.ShouldBe(address);
        (request.Content is null ? null : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(body);
    }

    [Theory]
    [InlineData(Tag, "{}", "operations.input_missing")]
    [InlineData(Tag, """{"id":"7","colour":"red"}""", "operations.input_unknown")]
    public void What_is_missing_or_unknown_is_said_before_anything_is_sent(string operation, string input, string code) =>
        Should.Throw<Refusal>(() => NodeClient.Compose(JsonNode.Parse(operation)!.AsObject(), JsonNode.Parse(input)!.AsObject())).Code.ShouldBe(code);
}
