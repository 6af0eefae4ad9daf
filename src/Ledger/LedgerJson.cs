using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>The module's JSON shapes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(TransferFact))]
[JsonSerializable(typeof(AccountFact))]
[JsonSerializable(typeof(BudgetFact))]
[JsonSerializable(typeof(PeriodFact))]
[JsonSerializable(typeof(LedgerReport))]
[JsonSerializable(typeof(AuditLedger))]
[JsonSerializable(typeof(ExpireTransfer))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Page<Account>))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountChange))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(Page<Transfer>))]
[JsonSerializable(typeof(IReadOnlyList<Transfer>))]
[JsonSerializable(typeof(PostTransfers))]
[JsonSerializable(typeof(SettleTransfer))]
[JsonSerializable(typeof(VoidTransfer))]
[JsonSerializable(typeof(ReverseTransfer))]
[JsonSerializable(typeof(FreezeAccount))]
[JsonSerializable(typeof(BalanceAsOf))]
[JsonSerializable(typeof(IReadOnlyList<TagBalance>))]
[JsonSerializable(typeof(NewBudget))]
[JsonSerializable(typeof(Budget))]
[JsonSerializable(typeof(Page<Budget>))]
[JsonSerializable(typeof(SpendBudget))]
[JsonSerializable(typeof(MoveBudget))]
[JsonSerializable(typeof(Period))]
[JsonSerializable(typeof(Page<Period>))]
[JsonSerializable(typeof(ClosePeriod))]
[JsonSerializable(typeof(Statement))]
internal sealed partial class LedgerJson : JsonSerializerContext;
