using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The module's JSON shapes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(TransferFact))]
[JsonSerializable(typeof(AccountFact))]
[JsonSerializable(typeof(ExpireTransfer))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Page<Account>))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountChange))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(Page<Transfer>))]
[JsonSerializable(typeof(IReadOnlyList<Transfer>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
