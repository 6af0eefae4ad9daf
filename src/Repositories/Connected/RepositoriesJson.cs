using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;
using Rialto.Repositories.GitHub;
using Rialto.Repositories.Webhooks;

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
[JsonSerializable(typeof(TakeDeliveries))]
[JsonSerializable(typeof(LookAtRepository))]
[JsonSerializable(typeof(SyncInstallation))]
[JsonSerializable(typeof(ReportCommit))]
[JsonSerializable(typeof(InstallationBegun))]
[JsonSerializable(typeof(RepositoryFactsInfo))]
[JsonSerializable(typeof(LookAsked))]
[JsonSerializable(typeof(Page<DeliveryInfo>))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class RepositoriesJson : JsonSerializerContext;
