using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Rialto.Identity.OAuth;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Answers of operations, as pages read them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(SiteView))]
[JsonSerializable(typeof(Page<SiteView>))]
[JsonSerializable(typeof(Page<ReleaseView>))]
[JsonSerializable(typeof(DifferenceView))]
[JsonSerializable(typeof(IReadOnlyList<PreviewView>))]
[JsonSerializable(typeof(IReadOnlyList<SwitchView>))]
[JsonSerializable(typeof(BuildView))]
[JsonSerializable(typeof(Page<BuildView>))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(AskedView))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(Page<JobView>))]
[JsonSerializable(typeof(SettingsView))]
[JsonSerializable(typeof(Page<SettingChangeView>))]
[JsonSerializable(typeof(Page<KeyView>))]
[JsonSerializable(typeof(NewKeyView))]
[JsonSerializable(typeof(UptimeView))]
[JsonSerializable(typeof(CheckView))]
[JsonSerializable(typeof(IReadOnlyList<DomainView>))]
[JsonSerializable(typeof(Page<AuditView>))]
[JsonSerializable(typeof(SessionsView))]
[JsonSerializable(typeof(RepositoryView))]
[JsonSerializable(typeof(Page<RepositoryView>))]
[JsonSerializable(typeof(HookView))]
[JsonSerializable(typeof(ConnectedView))]
[JsonSerializable(typeof(ConsentQuestion))]
[JsonSerializable(typeof(ConsentAnswer))]
[JsonSerializable(typeof(DeviceQuestion))]
internal sealed partial class PortalJson : JsonSerializerContext;
