using System.Globalization;
using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>An event as the log has it.</summary>
/// <param name="Id">The same at every delivery: what a reader is idempotent by.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Name">Its kind: <c>orders.placed</c>.</param>
/// <param name="Subject">What it is about, as <c>order:0197…</c>; empty when nothing in particular.</param>
/// <param name="Data">Its JSON text.</param>
/// <param name="Actor">Who did it; empty for the platform.</param>
/// <param name="At">When its transaction began.</param>
/// <param name="Cursor">Its place in the log.</param>
/// <param name="TraceParent">The span it was written in.</param>
public sealed record RecordedEvent(
    Guid Id, TenantId Tenant, string Name, string Subject, string Data, string Actor, DateTimeOffset At, EventCursor Cursor, string? TraceParent)
{
    /// <summary>The data, when the event is of <paramref name="kind"/>.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public T Read<T>(EventKind<T> kind) => Name == kind.Name
        ? JsonSerializer.Deserialize(Data, kind.Json)!
        : throw new InvalidOperationException($"{Name} is not {kind.Name}.");
}

/// <summary>A place in the log, after which reading goes on. Its text is what an API hands out.</summary>
/// <param name="Transaction">Transaction that wrote the event.</param>
/// <param name="Position">Place inside it.</param>
public readonly record struct EventCursor(ulong Transaction, long Position)
{
    /// <summary>Before the first event.</summary>
    public static EventCursor Start => default;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="Refusal"><c>events.cursor_invalid</c>.</exception>
    public static EventCursor Parse(string text) =>
        text.Split('-') is [var transaction, var position]
        && ulong.TryParse(transaction, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new EventCursor(first, second)
            : throw new Refusal("events.cursor_invalid", "The cursor is not one this log gave out; begin again without it.", 400);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}-{Position}");
}
