using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>The module's JSON shapes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReleaseManifest))]
[JsonSerializable(typeof(SiteWentLive))]
[JsonSerializable(typeof(SiteDeleted))]
[JsonSerializable(typeof(SiteChecked))]
[JsonSerializable(typeof(SiteWorsened))]
[JsonSerializable(typeof(CheckRelease))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(CheckRequested))]
[JsonSerializable(typeof(Page<CheckSummary>))]
[JsonSerializable(typeof(PreviewReady))]
[JsonSerializable(typeof(BuildFinished))]
[JsonSerializable(typeof(SecretsFound))]
[JsonSerializable(typeof(SiteDamaged))]
[JsonSerializable(typeof(BuildSite))]
[JsonSerializable(typeof(CollectBlobs))]
[JsonSerializable(typeof(SiteInfo))]
[JsonSerializable(typeof(Page<SiteInfo>))]
[JsonSerializable(typeof(ReleaseInfo))]
[JsonSerializable(typeof(Page<ReleaseInfo>))]
[JsonSerializable(typeof(ReleaseDifference))]
[JsonSerializable(typeof(BuildInfo))]
[JsonSerializable(typeof(Page<BuildInfo>))]
[JsonSerializable(typeof(IReadOnlyList<StageTime>))]
[JsonSerializable(typeof(List<StageTime>))]
[JsonSerializable(typeof(BuildLog))]
[JsonSerializable(typeof(BuildRequested))]
[JsonSerializable(typeof(IReadOnlyList<PreviewInfo>))]
[JsonSerializable(typeof(IReadOnlyList<SwitchInfo>))]
[JsonSerializable(typeof(CreateSite))]
[JsonSerializable(typeof(ChangeSite))]
[JsonSerializable(typeof(RequestBuild))]
[JsonSerializable(typeof(ChooseRelease))]
[JsonSerializable(typeof(PromotePreview))]
[JsonSerializable(typeof(KeepRelease))]
internal sealed partial class PublishingJson : JsonSerializerContext;
