using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace Rialto.Analysis;

/// <summary>The JSON schema (2020-12) of the facts document, generated from its types.</summary>
public static class FactsSchema
{
    private const string EvidencePattern = "^.*:[0-9]+@[0-9a-f]*$";

    /// <summary>The schema as indented JSON with a closing line end: the content of <c>docs/facts.schema.json</c>.</summary>
    public static string Text()
    {
        var options = new JsonSerializerOptions(FactsJson.Default.Options) { NumberHandling = JsonNumberHandling.Strict };
        var schema = (JsonObject)options.GetJsonSchemaAsNode(typeof(Facts), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Rialto facts",
            ["description"] = "Everything Rialto says about one commit of a repository, each statement with the places that prove it.",
        };
        foreach (var (name, value) in schema.ToList()) { schema.Remove(name); whole[name] = value; }
        return whole.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Type == typeof(Evidence)) return Place();
        // The exporter leaves out the items of lists whose elements have a converter of their own.
        if (context.TypeInfo.ElementType == typeof(Evidence) && schema is JsonObject list) list["items"] = Place();
        if (schema is JsonObject made && made["required"] is JsonArray required) Relax(made, required, isFact: context.TypeInfo.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Fact<>));
        var said = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false).OfType<DescriptionAttribute>().FirstOrDefault();
        if (said is not null && schema is JsonObject described) described.Insert(0, "description", said.Description);
        return schema;
    }

    private static JsonObject Place() => new() { ["type"] = "string", ["pattern"] = EvidencePattern, ["description"] = "path:line@commit; line 0 means the whole file, an empty path the commit itself." };

    /// <summary>What may be null is left out of the document, so it is not required; a fact's value is never null.</summary>
    private static void Relax(JsonObject schema, JsonArray required, bool isFact)
    {
        foreach (var (name, property) in schema["properties"]!.AsObject())
        {
            if (property is not JsonObject child || child["type"] is not JsonArray types || !types.Any(type => type!.ToString() == "null")) continue;
            if (isFact) child["type"] = types.First(type => type!.ToString() != "null")!.DeepClone();
            else if (required.FirstOrDefault(item => item!.ToString() == name) is { } item) required.Remove(item);
        }
        if (required.Count == 0) schema.Remove("required");
    }
}
