using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Identity.OAuth;
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
[JsonSerializable(typeof(TokenFamilyEnded))]
[JsonSerializable(typeof(AppLetIn))]
[JsonSerializable(typeof(AppList))]
[JsonSerializable(typeof(NewApp))]
[JsonSerializable(typeof(NewAppSecret))]
[JsonSerializable(typeof(CreateApp))]
[JsonSerializable(typeof(ConsentQuestion))]
[JsonSerializable(typeof(ConsentAnswer))]
[JsonSerializable(typeof(GiveConsent))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(DeviceQuestion))]
[JsonSerializable(typeof(AnswerDevice))]
internal sealed partial class IdentityJson : JsonSerializerContext;
