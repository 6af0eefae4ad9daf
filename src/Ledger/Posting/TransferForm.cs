using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What can be said about a transfer without looking at any account: its form, and its fingerprint.</summary>
internal static class TransferForm
{
    public const int MostLegs = 100;
    public const int MostLinked = 100;
    private const int LongestKey = 200, LongestDescription = 500, LongestCause = 200, MostMetadata = 50;

    /// <summary>Refuses transfers that can never be made.</summary>
    /// <exception cref="Refusal"><c>ledger.transfer_invalid</c>, <c>ledger.amount_invalid</c>, <c>ledger.unbalanced</c>; linked ones say which by <c>index</c>.</exception>
    public static void Require(IReadOnlyList<NewTransfer> transfers)
    {
        if (transfers.Count is 0 or > MostLinked) throw Invalid($"1 to {MostLinked} transfers can be made together");
        for (var index = 0; index < transfers.Count; index++)
        {
            try
            {
                Require(transfers[index]);
            }
            catch (Refusal refusal) when (transfers.Count > 1)
            {
                throw AtIndex(refusal, index);
            }
        }
        if (transfers.Count > 1 && transfers.Select(transfer => transfer.Key).Distinct(StringComparer.Ordinal).Count() < transfers.Count)
            throw Invalid("transfers made together need a key each");
    }

    /// <summary>The same refusal, saying which of several linked transfers it is about.</summary>
    public static Refusal AtIndex(Refusal refusal, int index) => new(refusal.Code, refusal.Message, refusal.Status)
    {
        Details = new Dictionary<string, string>(refusal.Details) { ["index"] = index.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>SHA-256 of everything the caller said. The order of metadata does not count, that of legs does.</summary>
    public static byte[] Hash(NewTransfer transfer)
    {
        var text = new StringBuilder(256);
        foreach (var leg in transfer.Legs) Field(text, leg.Account).Append(leg.SignedMinor).Append(leg.Currency.Code).Append('\n');
        text.Append(transfer.IsPending ? 'h' : 'p').Append(transfer.ExpiresAt?.UtcTicks).Append('/').Append(transfer.EffectiveAt?.UtcTicks).Append('/').Append(transfer.Reverses).Append('\n');
        Field(Field(text, transfer.Description), transfer.Cause ?? "");
        foreach (var (name, value) in transfer.Metadata.OrderBy(one => one.Key, StringComparer.Ordinal)) Field(Field(text, name), value);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    // The length in front: two fields never read as one.
    private static StringBuilder Field(StringBuilder text, string value) => text.Append(value.Length).Append(':').Append(value).Append('\n');

    private static void Require(NewTransfer transfer)
    {
        // What came over the wire may have left anything out, whatever the types say.
        if (transfer?.Key is null || transfer.Legs is null || transfer.Legs.Any(leg => leg?.Account is null || leg.Currency is null)) throw Invalid("it has a key, and legs with an account, a side, an amount and a currency");
        if (transfer.Metadata.Any(one => one.Value is null)) throw Invalid("metadata are texts");
        if (transfer.Key.Length is 0 or > LongestKey || transfer.Key.Any(char.IsControl)) throw Invalid($"a key has 1 to {LongestKey} printable characters");
        if (transfer.Legs.Count is < 2 or > MostLegs) throw Invalid($"a transfer has 2 to {MostLegs} legs");
        if (transfer.Description.Length > LongestDescription) throw Invalid($"a description has at most {LongestDescription} characters");
        if (transfer.Cause is { } cause && cause.Length is 0 or > LongestCause) throw Invalid($"a cause has 1 to {LongestCause} characters");
        if (transfer.Metadata.Count > MostMetadata || transfer.Metadata.Any(one => one.Key.Length is 0 or > 100 || one.Value.Length > 1000))
            throw Invalid($"metadata has at most {MostMetadata} entries, with names of 1 to 100 and values of at most 1000 characters");
        if (transfer.ExpiresAt is not null && !transfer.IsPending) throw Invalid("only a pending transfer can expire");
        if (HasNul(transfer.Description) || HasNul(transfer.Cause) || transfer.Metadata.Any(one => HasNul(one.Key) || HasNul(one.Value))) throw Invalid("texts cannot contain the character U+0000");
        foreach (var leg in transfer.Legs)
            if (leg.AmountMinor is <= 0 or > Leg.LargestMinor)
                throw new Refusal(LedgerRefusals.AmountInvalid, $"An amount is more than 0 and at most {Leg.LargestMinor} minor units; a negative one is an amount on the other side.", 422);
        RequireBalanced(transfer.Legs);
    }

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static void RequireBalanced(IReadOnlyList<Leg> legs)
    {
        // The usual shape, without a dictionary.
        if (legs is [var first, var second] && first.Currency == second.Currency && first.SignedMinor == -second.SignedMinor) return;
        foreach (var currency in legs.GroupBy(leg => leg.Currency))
        {
            var debits = currency.Where(leg => leg.Side == Side.Debit).Sum(leg => leg.AmountMinor);
            var credits = currency.Where(leg => leg.Side == Side.Credit).Sum(leg => leg.AmountMinor);
            if (debits != credits)
                throw new Refusal(LedgerRefusals.Unbalanced, $"Debits are {new Money(debits, currency.Key)} and credits {new Money(credits, currency.Key)}; in each currency they must be equal.", 422)
                {
                    Details = new Dictionary<string, string>
                    {
                        ["currency"] = currency.Key.Code, ["debitsMinor"] = debits.ToString(CultureInfo.InvariantCulture), ["creditsMinor"] = credits.ToString(CultureInfo.InvariantCulture),
                    },
                };
        }
    }

    private static Refusal Invalid(string rule) => new(LedgerRefusals.TransferInvalid, $"The transfer cannot be made: {rule}.", 422);
}
