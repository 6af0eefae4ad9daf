namespace Rialto.Testing;

/// <summary>A clock that stands still until a test moves it. It begins at the machine's time, so that what the database's own clock wrote lies before it.</summary>
public sealed class StandingClock : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves it on.</summary>
    public void Pass(TimeSpan time) => now += time;
}
