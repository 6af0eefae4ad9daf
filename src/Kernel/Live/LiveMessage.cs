using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>A message with its place in its topic.</summary>
/// <param name="At">The place after it.</param>
/// <param name="Data">JSON text.</param>
internal sealed record LiveMessage(string At, string Data)
{
    public LiveFrame ToFrame()
    {
        using var document = JsonDocument.Parse(Data);
        return new LiveFrame { Kind = "message", At = At, Data = document.RootElement.Clone() };
    }
}

/// <summary>What a store has after a place.</summary>
/// <param name="Messages">In order; empty when nothing came.</param>
internal sealed record LiveReading(IReadOnlyList<LiveMessage> Messages)
{
    public static LiveReading Nothing { get; } = new([]);

    /// <summary>The place is of another epoch, or what came after it is not kept any more.</summary>
    public static LiveReading Gone { get; } = new([]) { IsGone = true };

    /// <summary>True when it cannot be said what came after the place.</summary>
    public bool IsGone { get; private init; }

    /// <summary>True when something is about to be readable: look again at once.</summary>
    public bool IsBehind { get; init; }
}

/// <summary>Where the messages of a kind of topic are kept.</summary>
internal interface ILiveStore
{
    /// <summary>What the bell rings when something was published.</summary>
    string Bell(TenantId tenant, string topic);

    /// <summary>How long to wait for the bell before looking anyway.</summary>
    TimeSpan Patience { get; }

    /// <summary>Where somebody begins who names no place.</summary>
    Task<string> BeginAsync(TenantId tenant, string topic, CancellationToken cancel);

    /// <summary>The messages after a place.</summary>
    Task<LiveReading> ReadAsync(TenantId tenant, string topic, string at, CancellationToken cancel);
}
