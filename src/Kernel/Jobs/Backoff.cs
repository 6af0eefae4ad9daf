namespace Rialto.Kernel;

/// <summary>How long to wait before trying again.</summary>
public static class Backoff
{
    private const double FirstSeconds = 1, LongestSeconds = 900;

    /// <summary>
    /// Doubling from one second to fifteen minutes, of which a random half to whole is taken, so that what failed together does
    /// not come back together. <paramref name="attempt"/> is 1 after the first failure.
    /// </summary>
    public static TimeSpan Delay(int attempt, Random? random = null)
    {
        var whole = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30)));
        return TimeSpan.FromSeconds(whole * (0.5 + (random ?? Random.Shared).NextDouble() / 2));
    }
}
