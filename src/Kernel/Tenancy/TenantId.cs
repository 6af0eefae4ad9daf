namespace Rialto.Kernel;

/// <summary>Whose rows: the organisation's id in the database's wall.</summary>
/// <param name="Value">UUID, version 7 for new ones.</param>
public readonly record struct TenantId(Guid Value)
{
    /// <summary>The platform itself, for work that belongs to no organisation. It has rows of its own and sees nobody else's.</summary>
    public static TenantId Platform { get; } = new(Guid.Empty);

    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static TenantId New() => new(Guid.CreateVersion7());

    /// <summary>The UUID in its usual form.</summary>
    public override string ToString() => Value.ToString("D");
}
