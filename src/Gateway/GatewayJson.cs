using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>The module's JSON shapes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RouteRequest))]
[JsonSerializable(typeof(RequestChange))]
[JsonSerializable(typeof(AnswerChange))]
[JsonSerializable(typeof(ServiceRoute))]
[JsonSerializable(typeof(Page<ServiceRoute>))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(DateOnly?))]
internal sealed partial class GatewayJson : JsonSerializerContext;
