namespace Rialto.Kernel;

/// <summary>Which waiting job goes first.</summary>
public enum QueuePriority
{
    /// <summary>Somebody waits for it.</summary>
    High = 0,

    /// <summary>Ordinary work.</summary>
    Medium = 10,

    /// <summary>Whenever there is time.</summary>
    Low = 20,
}

/// <summary>A line of work with its own workers, so that one kind of work cannot starve another.</summary>
/// <param name="Name">As stored.</param>
/// <param name="Priority">Of its jobs, unless a job says otherwise.</param>
/// <param name="Workers">How many of its jobs one node runs at the same time.</param>
/// <param name="TimeoutSeconds">Longest one attempt may take, unless a job says otherwise.</param>
public sealed record QueueDefinition(string Name, QueuePriority Priority, int Workers, double TimeoutSeconds)
{
    /// <summary>For work that has no queue of its own.</summary>
    public const string Default = "default";

    /// <summary>The queues there are.</summary>
    public static IReadOnlyList<QueueDefinition> All { get; } =
    [
        new("ai_analysis", QueuePriority.High, 4, 30),
        new("deployment", QueuePriority.High, 8, 60),
        new("video_generation", QueuePriority.Medium, 2, 300),
        new("commission_tracking", QueuePriority.Low, 2, 10),
        new("mail", QueuePriority.High, 2, 60),
        new(Default, QueuePriority.Medium, 4, 60),
    ];

    /// <summary>The queue called <paramref name="name"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static QueueDefinition Of(string name) =>
        All.FirstOrDefault(queue => queue.Name == name) ?? throw new InvalidOperationException($"There is no queue {name}.");
}
