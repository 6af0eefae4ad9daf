using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Shapes that the command line itself writes as JSON; modules bring their own contexts for their documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureJson))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(SecretsReport))]
[JsonSerializable(typeof(BuildReport))]
[JsonSerializable(typeof(GalleryReport))]
[JsonSerializable(typeof(AccountLinkJson))]
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(AuditReportJson[]))]
[JsonSerializable(typeof(AuditProof))]
[JsonSerializable(typeof(LedgerReportJson[]))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class CliJson : JsonSerializerContext;
