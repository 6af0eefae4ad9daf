namespace Rialto.Gateway;

/// <summary>A rate of the generic cell rate algorithm: a call each <paramref name="GapMicros"/>, and <paramref name="Burst"/> of them at once.</summary>
/// <param name="Name">As the header calls it.</param>
/// <param name="GapMicros">Microseconds between two calls when they come evenly.</param>
/// <param name="Burst">Calls that may come at once.</param>
/// <param name="PerWindow">Calls in a window, for the header.</param>
/// <param name="WindowSeconds">The window.</param>
internal sealed record Rate(string Name, long GapMicros, int Burst, int PerWindow, int WindowSeconds)
{
    private const long HourMicros = 3_600_000_000;

    public static Rate PerHour(string name, int calls, int burst) => new(name, HourMicros / calls, burst, calls, 3600);

    public static Rate PerMinute(string name, int calls) => new(name, 60_000_000 / calls, calls, calls, 60);

    public static Rate PerSecond(string name, int calls) => new(name, Math.Max(1, 1_000_000 / calls), calls, calls, 1);

    /// <summary>How many calls a node takes at a time: a tenth of the burst, so that ten nodes together still leave something for each other.</summary>
    public int Slice => Math.Clamp(Burst / 10, 1, 500);
}
