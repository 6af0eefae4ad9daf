namespace Rialto.Gateway;

/// <summary>How much an organisation may call.</summary>
/// <param name="Name">Its name in settings and plans.</param>
/// <param name="PerHour">Calls an hour; null for no limit beyond the burst in a second.</param>
/// <param name="Burst">Calls at once.</param>
/// <param name="AtOnce">Calls running at the same time, on one node.</param>
public sealed record Tier(string Name, int? PerHour, int Burst, int AtOnce)
{
    /// <summary>The tiers there are, smallest first.</summary>
    public static IReadOnlyList<Tier> All { get; } =
    [
        new("free", 100, 10, 5),
        new("pro", 10_000, 100, 50),
        new("business", 100_000, 1_000, 200),
        new("enterprise", null, 10_000, 2_000),
    ];

    /// <summary>Who names nobody: each address for itself.</summary>
    public static Tier Anonymous { get; } = new("anonymous", 100, 50, 10);

    /// <summary>A person at a browser: a page makes many calls, and a person few pages. Counted for each account instead of for the organisation.</summary>
    public static Tier Person { get; } = new("person", 36_000, 600, 50);

    /// <summary>The tier called <paramref name="name"/>.</summary>
    /// <exception cref="Kernel.Refusal"><c>gateway.tier_unknown</c>.</exception>
    public static Tier Of(string name) => All.FirstOrDefault(tier => tier.Name == name)
        ?? throw new Kernel.Refusal("gateway.tier_unknown", $"There is no tier {name}; there are {string.Join(", ", All.Select(tier => tier.Name))}.", 400);
}
