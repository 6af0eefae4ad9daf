using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>JSON shapes of the module.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Exchanged))]
[JsonSerializable(typeof(TermsChanged))]
[JsonSerializable(typeof(BackingLow))]
[JsonSerializable(typeof(AskQuote))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(Page<Quote>))]
[JsonSerializable(typeof(ExchangeTerms))]
[JsonSerializable(typeof(SetTerms))]
[JsonSerializable(typeof(TermsNow))]
[JsonSerializable(typeof(TermsHistory))]
[JsonSerializable(typeof(WalletView))]
[JsonSerializable(typeof(TreasuryView))]
[JsonSerializable(typeof(FundTreasury))]
[JsonSerializable(typeof(Transfer))]
internal sealed partial class PaymentsJson : JsonSerializerContext;
