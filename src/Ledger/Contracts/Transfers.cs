using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>One side of a transfer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    /// <summary>The left: makes assets and expenses grow, and liabilities, income and equity shrink.</summary>
    [JsonStringEnumMemberName("debit")] Debit,

    /// <summary>The right: the other way round.</summary>
    [JsonStringEnumMemberName("credit")] Credit,
}

/// <summary>What one account gets of a transfer.</summary>
/// <param name="Account">The account's code.</param>
/// <param name="Side">Which side.</param>
/// <param name="AmountMinor">How much, in minor units; more than 0, at most <see cref="LargestMinor"/>.</param>
/// <param name="Currency">Of what; it must be the account's.</param>
public sealed record Leg(string Account, Side Side, long AmountMinor, Currency Currency)
{
    /// <summary>Largest amount of one leg: below 2^53, so that every JSON reader counts it exactly.</summary>
    public const long LargestMinor = 9_000_000_000_000_000;

    /// <summary>A debit.</summary>
    public static Leg Debit(string account, Money amount) => new(account, Side.Debit, amount.AmountMinor, amount.Currency);

    /// <summary>A credit.</summary>
    public static Leg Credit(string account, Money amount) => new(account, Side.Credit, amount.AmountMinor, amount.Currency);

    /// <summary>The amount.</summary>
    [JsonIgnore]
    public Money Money => new(AmountMinor, Currency);

    /// <summary>The amount with debits positive and credits negative: what adds up to 0.</summary>
    [JsonIgnore]
    public long SignedMinor => Side == Side.Debit ? AmountMinor : -AmountMinor;
}

/// <summary>A transfer to be made.</summary>
public sealed record NewTransfer
{
    /// <summary>
    /// The caller's own name for it, 1 to 200 printable characters, unique in the organisation: the same transfer again gets the first
    /// answer, another one under the same key is refused. <c>payment:0197…:capture</c>
    /// </summary>
    public required string Key { get; init; }

    /// <summary>2 to 100 legs. In each currency debits and credits are equal.</summary>
    public required IReadOnlyList<Leg> Legs { get; init; }

    /// <summary>True to hold the amounts only, until they are settled, voided or expire.</summary>
    public bool IsPending { get; init; }

    /// <summary>When a pending transfer gives up by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it happened in the world; null for now. Not in a closed period. Of a pending transfer it is the settling that has it.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>A line for people and statements; at most 500 characters.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>What caused it, as events name subjects: <c>payment:0197…</c>. Transfers are found by it.</summary>
    public string? Cause { get; init; }

    /// <summary>Anything else worth keeping; not read by the ledger. At most 50 entries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>The transfer this one reverses. Only the ledger itself sets it.</summary>
    [JsonIgnore]
    internal Guid? Reverses { get; init; }

    /// <summary>A transfer of one amount from one account's credit to another's debit.</summary>
    public static NewTransfer Of(string key, string debit, string credit, Money amount, string description = "", string? cause = null) =>
        new() { Key = key, Legs = [Leg.Debit(debit, amount), Leg.Credit(credit, amount)], Description = description, Cause = cause };
}

/// <summary>How far a transfer has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TransferState>))]
public enum TransferState
{
    /// <summary>Amounts are held.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>Final. What is wrong is corrected by a reversal.</summary>
    [JsonStringEnumMemberName("posted")] Posted,

    /// <summary>Was pending, given up by somebody.</summary>
    [JsonStringEnumMemberName("voided")] Voided,

    /// <summary>Was pending, given up because its time was over.</summary>
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>A transfer as the ledger has it.</summary>
public sealed record Transfer
{
    /// <summary>Its id; later ones sort after earlier ones.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="NewTransfer.Key"/>
    public required string Key { get; init; }

    /// <summary>How far it has come.</summary>
    public required TransferState State { get; init; }

    /// <summary>Its legs, in the order they were given.</summary>
    public required IReadOnlyList<Leg> Legs { get; init; }

    /// <summary>What of each leg was posted, in minor units and in the same order, when only a part was; null when all of it, or nothing.</summary>
    public IReadOnlyList<long>? PostedMinor { get; init; }

    /// <inheritdoc cref="NewTransfer.Description"/>
    public required string Description { get; init; }

    /// <inheritdoc cref="NewTransfer.Cause"/>
    public string? Cause { get; init; }

    /// <summary>The transfer that this one reverses, wholly or in part.</summary>
    public Guid? Reverses { get; init; }

    /// <summary>The id of the first of the transfers it was made with, all or nothing; its own when alone.</summary>
    public required Guid Batch { get; init; }

    /// <summary>Who made it.</summary>
    public required string Actor { get; init; }

    /// <summary>When it happened in the world; for a settled one, when the settling did.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When the ledger learned of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <inheritdoc cref="NewTransfer.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a pending one was settled, voided or expired.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was voided.</summary>
    public string? EndReason { get; init; }

    /// <inheritdoc cref="NewTransfer.Metadata"/>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>How a pending transfer becomes final.</summary>
public sealed record Settlement
{
    /// <summary>The part to post, in the transfer's one currency; the rest is given back. Null for all of it.</summary>
    public Money? Amount { get; init; }

    /// <summary>When it happened in the world; null for now.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }
}

/// <summary>A correction: what a posted transfer did is done the other way round, with the amounts that were recorded.</summary>
public sealed record Reversal
{
    /// <summary>Key of the new transfer.</summary>
    public required string Key { get; init; }

    /// <summary>The transfer to reverse.</summary>
    public required Guid Transfer { get; init; }

    /// <summary>
    /// The part to give back, in the transfer's one currency; null for all that is left. Parts round cumulatively: after the last of them
    /// each leg has been reversed exactly, whatever their sizes were.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>Why.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="NewTransfer.Cause"/>
    public string? Cause { get; init; }

    /// <inheritdoc cref="NewTransfer.EffectiveAt"/>
    public DateTimeOffset? EffectiveAt { get; init; }
}
