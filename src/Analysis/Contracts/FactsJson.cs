using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Analysis;

/// <summary>The facts document as JSON: camelCase, enums as camelCase strings, nothing written for what is absent. Source-generated, so it costs nothing at start.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Facts))]
public sealed partial class FactsJson : JsonSerializerContext;
