using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Analysis;

/// <summary>The facts document as JSON: camelCase, enums as camelCase strings, nothing written for what is absent. Source-generated, so it costs nothing at start.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseEnum<ProjectCategory>), typeof(CamelCaseEnum<Audience>), typeof(CamelCaseEnum<Stage>), typeof(CamelCaseEnum<CommandKind>), typeof(CamelCaseEnum<PictureKind>)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Facts))]
public sealed partial class FactsJson : JsonSerializerContext;

/// <summary>Enums as camelCase text.</summary>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;
