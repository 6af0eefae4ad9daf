using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rialto.Kernel;

/// <summary>The Kernel's own JSON shapes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JobStatus))]
[JsonSerializable(typeof(Page<JobStatus>))]
[JsonSerializable(typeof(SettingList))]
[JsonSerializable(typeof(Page<SettingChange>))]
[JsonSerializable(typeof(SetSetting))]
[JsonSerializable(typeof(SettingChanged))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(AuditProof))]
[JsonSerializable(typeof(AuditConsistency))]
[JsonSerializable(typeof(SignedCheckpoint))]
[JsonSerializable(typeof(RetireAuditRows))]
[JsonSerializable(typeof(RetireRecords))]
[JsonSerializable(typeof(LiveFrame))]
[JsonSerializable(typeof(Reencrypt))]
[JsonSerializable(typeof(RotatedKeys))]
[JsonSerializable(typeof(KeyVersions))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(DateTimeOffset?))]
internal sealed partial class KernelJson : JsonSerializerContext;
