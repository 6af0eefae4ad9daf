using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Analysis;
using Rialto.Testing;
using Shouldly;
using Xunit;

public sealed class FactsSchemaTests
{
    [Fact]
    public void The_committed_schema_is_the_current_one()
    {
        var path = Checkout("docs/facts.schema.json");
        if (Environment.GetEnvironmentVariable("RIALTO_WRITE_SCHEMA") == "1") File.WriteAllText(path, FactsSchema.Text());
        File.ReadAllText(path).ShouldBe(FactsSchema.Text(), "Run this test with RIALTO_WRITE_SCHEMA=1 to write docs/facts.schema.json anew.");
    }

    [Fact]
    public async Task Real_output_has_what_the_schema_requires_and_nothing_it_does_not_know()
    {
        var facts = await AnalysisModule.NewAnalyzer().AnalyzeAsync(new MemoryTree().Add("README.md", "# Product\n\nProduct is a thing.\n\n## Features\n\n- **A** b\n- **C** d\n- **E** f\n").Add("package.json", "{\"name\":\"product\",\"version\":\"1.0.0\",\"dependencies\":{\"a\":\"1\"}}"), cancel: TestContext.Current.CancellationToken);
        var root = JsonNode.Parse(FactsSchema.Text())!;
        Validate(JsonSerializer.SerializeToNode(facts, FactsJson.Default.Facts), root, root, "$");
    }

    private static void Validate(JsonNode? value, JsonNode schema, JsonNode root, string at)
    {
        if (schema["$ref"] is { } reference) schema = reference.ToString()[1..].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, part) => node is JsonArray array ? array[int.Parse(part)]! : node[part]!);
        var types = schema["type"] is JsonArray many ? many.Select(type => type!.ToString()).ToList() : schema["type"] is { } one ? [one.ToString()] : [];
        switch (value)
        {
            case JsonObject made:
                types.ShouldContain("object", at);
                foreach (var name in schema["required"]?.AsArray() ?? []) made.ContainsKey(name!.ToString()).ShouldBeTrue($"{at} misses {name}");
                foreach (var (name, child) in made) Validate(child, schema["properties"]![name].ShouldNotBeNull($"{at}.{name} is not in the schema"), root, $"{at}.{name}");
                break;
            case JsonArray list:
                types.ShouldContain("array", at);
                foreach (var item in list) Validate(item, schema["items"]!, root, at + "[]");
                break;
            default:
                if (schema["enum"] is JsonArray allowed) allowed.Select(item => item?.ToString()).ShouldContain(value?.ToString(), at);
                break;
        }
    }

    private static string Checkout(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Rialto.slnx"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, path);
    }
}
