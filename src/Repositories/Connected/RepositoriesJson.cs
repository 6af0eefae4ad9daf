using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Repositories.Connected;

/// <summary>The module's JSON shapes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RepositoryConnected))]
[JsonSerializable(typeof(RepositoryDisconnected))]
[JsonSerializable(typeof(RepositoryPushed))]
[JsonSerializable(typeof(BranchDeleted))]
[JsonSerializable(typeof(RepositoryInfo))]
[JsonSerializable(typeof(Page<RepositoryInfo>))]
[JsonSerializable(typeof(ConnectRepository))]
[JsonSerializable(typeof(NewlyConnected))]
[JsonSerializable(typeof(HookAddress))]
internal sealed partial class RepositoriesJson : JsonSerializerContext;
