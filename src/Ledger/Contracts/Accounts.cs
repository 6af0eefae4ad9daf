using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What an account stands for. It decides which side makes it grow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccountKind>))]
public enum AccountKind
{
    /// <summary>What is owned: bank, reserves, claims. Debits make it grow.</summary>
    [JsonStringEnumMemberName("asset")] Asset,

    /// <summary>What is owed to others: customers' wallets, escrow. Credits make it grow.</summary>
    [JsonStringEnumMemberName("liability")] Liability,

    /// <summary>What is earned: fees, sales. Credits make it grow.</summary>
    [JsonStringEnumMemberName("income")] Income,

    /// <summary>What is used up: processing costs, promotions. Debits make it grow.</summary>
    [JsonStringEnumMemberName("expense")] Expense,

    /// <summary>What belongs to the owners: capital, retained results. Credits make it grow.</summary>
    [JsonStringEnumMemberName("equity")] Equity,
}

/// <summary>An account to be opened.</summary>
public sealed record NewAccount
{
    /// <summary>Its name in every leg, unique in the organisation and never changed: letters, digits and <c>: . _ - @</c>, 1 to 120 of them. <c>wallet:ada:DUC</c></summary>
    public required string Code { get; init; }

    /// <summary>What it stands for.</summary>
    public required AccountKind Kind { get; init; }

    /// <summary>The one currency it holds.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Name for people; the code when left out.</summary>
    public string? Name { get; init; }

    /// <summary>Whose it is, as events name subjects: <c>user:0197…</c>; null for the organisation's own.</summary>
    public string? Owner { get; init; }

    /// <summary>Least available balance, in minor units: 0 for an account that is never negative; null for no limit.</summary>
    public long? FloorMinor { get; init; }

    /// <summary>Largest balance, pending amounts that would come in counted, in minor units; null for no limit.</summary>
    public long? CeilingMinor { get; init; }

    /// <summary>Words to sum by: <c>project:lantern</c>. At most 20.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Anything else worth keeping; not read by the ledger.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}

/// <summary>What may be changed of an account; null leaves as it is.</summary>
public sealed record AccountChange
{
    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>All its tags from now on.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Its limits from now on, both together.</summary>
    public AccountLimits? Limits { get; init; }

    /// <summary>All its metadata from now on.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>How far an account may go.</summary>
/// <param name="FloorMinor">Least available balance; null for none.</param>
/// <param name="CeilingMinor">Largest balance; null for none.</param>
public sealed record AccountLimits(long? FloorMinor, long? CeilingMinor);

/// <summary>An account and what it holds now.</summary>
public sealed record Account
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="NewAccount.Code"/>
    public required string Code { get; init; }

    /// <inheritdoc cref="NewAccount.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="NewAccount.Kind"/>
    public required AccountKind Kind { get; init; }

    /// <inheritdoc cref="NewAccount.Currency"/>
    public required Currency Currency { get; init; }

    /// <inheritdoc cref="NewAccount.Owner"/>
    public string? Owner { get; init; }

    /// <inheritdoc cref="NewAccount.FloorMinor"/>
    public long? FloorMinor { get; init; }

    /// <inheritdoc cref="NewAccount.CeilingMinor"/>
    public long? CeilingMinor { get; init; }

    /// <summary>True while nothing may move it.</summary>
    public required bool IsFrozen { get; init; }

    /// <summary>Why it is frozen.</summary>
    public string? FrozenReason { get; init; }

    /// <summary>True when it will never move again.</summary>
    public required bool IsClosed { get; init; }

    /// <inheritdoc cref="NewAccount.Tags"/>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>What it holds.</summary>
    public required Balance Balance { get; init; }

    /// <summary>How many entries it has.</summary>
    public required long Entries { get; init; }

    /// <inheritdoc cref="NewAccount.Metadata"/>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
}

/// <summary>
/// What an account holds, in minor units, seen from the side that makes it grow: a wallet with money has a positive balance,
/// and so has a bank account with money.
/// </summary>
/// <param name="PostedMinor">What is final.</param>
/// <param name="PendingInMinor">What pending transfers would add.</param>
/// <param name="PendingOutMinor">What pending transfers would take; it cannot be spent twice.</param>
/// <param name="DebitsMinor">Sum of all posted debits.</param>
/// <param name="CreditsMinor">Sum of all posted credits.</param>
public sealed record Balance(long PostedMinor, long PendingInMinor, long PendingOutMinor, long DebitsMinor, long CreditsMinor)
{
    /// <summary>What can be spent: posted less what pending transfers would take.</summary>
    public long AvailableMinor => PostedMinor - PendingOutMinor;
}

/// <summary>Which time a question is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TimeAxis>))]
public enum TimeAxis
{
    /// <summary>When things happened in the world, as their posters say.</summary>
    [JsonStringEnumMemberName("effective")] Effective,

    /// <summary>When the ledger learned of them: what a reader saw then.</summary>
    [JsonStringEnumMemberName("recorded")] Recorded,
}

/// <summary>The sum of all accounts with a tag, by currency and kind.</summary>
/// <param name="Currency">Of what.</param>
/// <param name="Kind">Of which accounts.</param>
/// <param name="Accounts">How many.</param>
/// <param name="PostedMinor">Sum of their posted balances.</param>
/// <param name="AvailableMinor">Sum of their available balances.</param>
public sealed record TagBalance(Currency Currency, AccountKind Kind, int Accounts, long PostedMinor, long AvailableMinor);
