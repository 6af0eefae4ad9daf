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
[JsonSerializable(typeof(AccountChanged))]
[JsonSerializable(typeof(SessionChanged))]
[JsonSerializable(typeof(AttemptsBlocked))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(SignInStep))]
[JsonSerializable(typeof(WhoCalls))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(BelongingList))]
[JsonSerializable(typeof(NameSession))]
internal sealed partial class IdentityJson : JsonSerializerContext;
