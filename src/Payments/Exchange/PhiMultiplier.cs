namespace Rialto.Payments;

/// <summary>
/// The promotion for aligned members: <c>m = 1 + cap · max(0, (level − 0.618) / 0.382)</c>, for a level from 0 to 1. It never touches the
/// rate; what it adds is paid by the promotion's own account and stops when that is empty.
/// </summary>
internal static class PhiMultiplier
{
    private const decimal Threshold = 0.618m, Span = 0.382m;

    /// <summary>From 1 to 1 + <paramref name="cap"/>. A level outside 0 … 1 is taken as the nearest inside.</summary>
    public static decimal Of(decimal level, decimal cap) => 1 + (cap * Math.Max(0, (Math.Clamp(level, 0, 1) - Threshold) / Span));

    /// <summary>What the promotion adds to an amount of minor units, rounded half to even.</summary>
    public static long Bonus(long netMinor, decimal multiplier) => decimal.ToInt64(Math.Round(netMinor * (multiplier - 1), MidpointRounding.ToEven));
}
