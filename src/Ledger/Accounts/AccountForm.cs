using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What can be said about an account before it is looked for.</summary>
internal static partial class AccountForm
{
    private const int MostTags = 20, LongestTag = 100, LongestName = 200, LongestOwner = 200, MostMetadata = 50;

    /// <exception cref="Refusal"><c>ledger.account_invalid</c>.</exception>
    public static void Require(NewAccount account)
    {
        if (account.Code is null || account.Currency is null) throw Invalid("it has a code and a currency");
        if (!CodeShape().IsMatch(account.Code)) throw Invalid("a code has 1 to 120 letters, digits and : . _ - @, and begins with a letter or digit");
        if (account.Owner is { } owner && (owner.Length is 0 or > LongestOwner || owner.Any(char.IsControl))) throw Invalid($"an owner has 1 to {LongestOwner} printable characters");
        RequireName(account.Name);
        RequireTags(account.Tags);
        RequireMetadata(account.Metadata);
        RequireLimits(account.FloorMinor, account.CeilingMinor);
        if (account.FloorMinor > 0 || account.CeilingMinor < 0) throw Invalid("a new account holds nothing, and nothing must be within its limits");
    }

    /// <exception cref="Refusal"><c>ledger.account_invalid</c>.</exception>
    public static void RequireName(string? name)
    {
        if (name is not null && (name.Length is 0 or > LongestName || name.Any(char.IsControl))) throw Invalid($"a name has 1 to {LongestName} printable characters");
    }

    /// <exception cref="Refusal"><c>ledger.account_invalid</c>.</exception>
    public static void RequireTags(IReadOnlyList<string> tags)
    {
        if (tags.Count > MostTags || tags.Any(tag => tag is null or { Length: 0 } || tag.Length > LongestTag || tag.Any(char.IsControl))) throw Invalid($"there are at most {MostTags} tags of 1 to {LongestTag} printable characters");
    }

    /// <exception cref="Refusal"><c>ledger.account_invalid</c>.</exception>
    public static void RequireMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > MostMetadata || metadata.Any(one => one.Key.Length is 0 or > 100 || one.Value is null || one.Value.Length > 1000 || one.Key.Contains('\0') || one.Value.Contains('\0')))
            throw Invalid($"metadata has at most {MostMetadata} entries, with names of 1 to 100 and values of at most 1000 characters");
    }

    /// <exception cref="Refusal"><c>ledger.account_invalid</c>.</exception>
    public static void RequireLimits(long? floor, long? ceiling)
    {
        if (floor > ceiling) throw Invalid("the floor is not above the ceiling");
    }

    private static Refusal Invalid(string rule) => new(LedgerRefusals.AccountInvalid, $"The account cannot be so: {rule}.", 422);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9:._@-]{0,119}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CodeShape();
}
