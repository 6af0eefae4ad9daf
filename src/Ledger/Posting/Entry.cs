using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What an entry changes.</summary>
internal enum EntryLayer
{
    /// <summary>The posted balance.</summary>
    Posted,

    /// <summary>The pending one: something is held.</summary>
    Held,

    /// <summary>The pending one: a hold is given back.</summary>
    Released,
}

/// <summary>One change of one account's sums, as it is kept.</summary>
/// <param name="Amount">Debits positive.</param>
internal sealed record Entry(
    Guid Account, long Number, Guid Transfer, short Leg, EntryLayer Layer, long Amount, Currency Currency, long PostedAfter, long HeldAfter, DateTimeOffset EffectiveAt);

/// <summary>How layers are written in the database.</summary>
internal static class EntryLayers
{
    public static string Letter(this EntryLayer layer) => layer switch { EntryLayer.Posted => "P", EntryLayer.Held => "H", _ => "R" };
}
