using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using HttpJson = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Rialto.Kernel;

/// <summary>All operations of the host, as machines read them: each can become a tool of an agent as it is.</summary>
public sealed class OperationCatalogue(IEnumerable<EndpointDataSource> sources, IOptions<HttpJson> json)
{
    private static readonly RefusalNote[] Common =
    [
        new("caller.unknown", 401, "nobody is signed in"), new("caller.not_allowed", 403, "the permission is missing"), new("caller.too_often", 429, "too many calls"),
        new("request.malformed", 400, "the request cannot be read"), new("request.invalid", 400, "fields are not acceptable"),
    ];

    // Addresses are mapped before the first request and never after.
    private IReadOnlyList<string>? permissions;

    /// <summary>Every operation with its endpoint.</summary>
    internal IEnumerable<(Operation Operation, RouteEndpoint Endpoint)> All =>
        sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Operation>() is not null)
            .Select(endpoint => (endpoint.Metadata.GetMetadata<Operation>()!, endpoint)).OrderBy(one => one.Item1.Name, StringComparer.Ordinal);

    /// <summary>Every permission some operation asks for, sorted: what a role can be made of.</summary>
    public IReadOnlyList<string> Permissions => permissions ??= [.. All.Where(one => !one.Operation.IsOpen).Select(one => one.Operation.Permission).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The operation called <paramref name="name"/>.</summary>
    /// <exception cref="Refusal"><c>operations.unknown</c>.</exception>
    internal (Operation Operation, RouteEndpoint Endpoint) Find(string name) =>
        All.FirstOrDefault(one => one.Operation.Name == name) is { Endpoint: not null } found
            ? found
            : throw new Refusal("operations.unknown", $"There is no operation {name}; the list is at /api/v1/operations.", 404);

    /// <summary>The whole catalogue as JSON: name, address, permission, refusals, and the schemas of input and answer.</summary>
    public JsonArray Describe() => [.. All.Select(one => (JsonNode)Describe(one.Operation, one.Endpoint))];

    private JsonObject Describe(Operation operation, RouteEndpoint endpoint)
    {
        var answer = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().FirstOrDefault(one => one.StatusCode is >= 200 and < 300);
        return new JsonObject
        {
            ["name"] = operation.Name, ["summary"] = operation.Summary, ["permission"] = operation.Permission, ["changes"] = operation.Changes, ["sunset"] = operation.Deprecated?.Sunset,
            ["open"] = operation.IsOpen, ["needsConfirmation"] = operation.NeedsConfirmation,
            ["method"] = MethodOf(endpoint), ["path"] = "/" + endpoint.RoutePattern.RawText?.TrimStart('/'),
            ["input"] = InputSchema(endpoint),
            ["query"] = new JsonArray([.. QueryParts(endpoint).Select(part => (JsonNode)part.Name)]),
            ["answer"] = answer?.Type is { } type && type != typeof(void) ? Schema(type) : null,
            ["refusals"] = new JsonArray([.. operation.Refusals.Concat(Common).Select(note => (JsonNode)new JsonObject { ["code"] = note.Code, ["status"] = note.Status, ["when"] = note.When })]),
            ["example"] = operation.Example is { } example ? JsonNode.Parse(example) : null,
        };
    }

    /// <summary>One object holds everything: parts of the path, of the query, and the fields of the body.</summary>
    private JsonObject InputSchema(RouteEndpoint endpoint)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var part in endpoint.RoutePattern.Parameters)
        {
            properties[part.Name] = new JsonObject { ["type"] = "string", ["description"] = "part of the path" };
            required.Add(part.Name);
        }
        foreach (var (name, type, isRequired) in QueryParts(endpoint))
        {
            properties[name] = Schema(type);
            if (isRequired) required.Add(name);
        }
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body && Schema(body) is JsonObject { } schema)
        {
            foreach (var (name, value) in schema["properties"]?.AsObject() ?? []) properties[name] = value?.DeepClone();
            foreach (var name in schema["required"]?.AsArray() ?? []) required.Add(name?.DeepClone());
        }
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    internal static IEnumerable<(string Name, Type Type, bool IsRequired)> QueryParts(RouteEndpoint endpoint)
    {
        var inPath = endpoint.RoutePattern.Parameters.Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        {
            if (parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
                foreach (var property in parameter.ParameterType.GetProperties())
                    yield return (JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.PropertyType, false);
            else if (IsSimple(parameter.ParameterType) && !inPath.Contains(parameter.Name!))
                yield return (parameter.Name!, parameter.ParameterType, !parameter.HasDefaultValue && Nullable.GetUnderlyingType(parameter.ParameterType) is null
                    && new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.Nullable);
        }
    }

    private static bool IsSimple(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(Guid) || plain == typeof(DateTimeOffset) || plain == typeof(decimal));

    private JsonNode? Schema(Type type) => json.Value.SerializerOptions.TryGetTypeInfo(type, out var info)
        ? info.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true })
        : new JsonObject();

    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.FirstOrDefault() ?? "GET";
}
