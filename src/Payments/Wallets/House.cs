using System.Collections.Concurrent;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>
/// The accounts that payments use. The house's position in a currency is what it holds for the exchange: in dollars it is the reserve and
/// never negative, in ducats what it has taken back less what it has given out.
/// </summary>
internal sealed class House(ILedger ledger)
{
    /// <summary>Every wallet carries it: their sum is what circulates.</summary>
    public const string WalletTag = "wallet";

    public static readonly Currency Ducat = Currency.Find("DUC"), Dollar = Currency.Find("USD");
    private readonly ConcurrentDictionary<TenantId, bool> ready = new();

    public static string Wallet(string subject, Currency currency) => $"wallet:{subject}:{currency.Code}";

    public static string Position(Currency currency) => $"exchange:{currency.Code}";

    public static string Fees(Currency currency) => $"fees:exchange:{currency.Code}";

    public static string Rounding(Currency currency) => $"rounding:exchange:{currency.Code}";

    public static string Promotion(Currency currency) => $"promotion:{currency.Code}";

    public static string Bank(Currency currency) => $"bank:{currency.Code}";

    /// <summary>Opens the house's accounts, the first time.</summary>
    public async Task OpenAsync(TenantSession session, CancellationToken cancel)
    {
        if (ready.ContainsKey(session.Tenant)) return;
        foreach (var currency in new[] { Ducat, Dollar })
        {
            await Account(Position(currency), AccountKind.Equity, currency, floor: currency == Dollar ? 0 : null);
            await Account(Fees(currency), AccountKind.Income, currency);
            await Account(Rounding(currency), AccountKind.Equity, currency);
            await Account(Promotion(currency), AccountKind.Equity, currency, floor: 0);
            await Account(Bank(currency), AccountKind.Asset, currency);
        }
        session.AfterCommit(() => ready[session.Tenant] = true);

        Task<Account> Account(string code, AccountKind kind, Currency currency, long? floor = null) =>
            ledger.OpenAccountAsync(session, new NewAccount { Code = code, Kind = kind, Currency = currency, FloorMinor = floor }, cancel);
    }

    /// <summary>A member's wallets, opened the first time: ducats and dollars.</summary>
    public async Task<(Account Ducats, Account Dollars)> WalletsAsync(TenantSession session, string subject, CancellationToken cancel) =>
        (await WalletAsync(session, subject, Ducat, cancel), await WalletAsync(session, subject, Dollar, cancel));

    private Task<Account> WalletAsync(TenantSession session, string subject, Currency currency, CancellationToken cancel) => ledger.OpenAccountAsync(session, new NewAccount
    {
        Code = Wallet(subject, currency), Kind = AccountKind.Liability, Currency = currency, Owner = subject, FloorMinor = 0, Tags = [WalletTag],
    }, cancel);
}
