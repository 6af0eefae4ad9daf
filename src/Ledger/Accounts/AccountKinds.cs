namespace Rialto.Ledger;

/// <summary>Kinds of accounts as the database writes them.</summary>
internal static class AccountKinds
{
    public static string Word(this AccountKind kind) => kind switch
    {
        AccountKind.Asset => "asset", AccountKind.Liability => "liability", AccountKind.Income => "income", AccountKind.Expense => "expense", _ => "equity",
    };

    public static AccountKind Parse(string word) => word switch
    {
        "asset" => AccountKind.Asset, "liability" => AccountKind.Liability, "income" => AccountKind.Income, "expense" => AccountKind.Expense, _ => AccountKind.Equity,
    };
}
