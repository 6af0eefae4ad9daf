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
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(bool))]
internal sealed partial class KernelJson : JsonSerializerContext;
