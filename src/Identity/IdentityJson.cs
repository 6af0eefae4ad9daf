using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>JSON shapes of the module.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Organisation))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(Page<ApiKey>))]
internal sealed partial class IdentityJson : JsonSerializerContext;
