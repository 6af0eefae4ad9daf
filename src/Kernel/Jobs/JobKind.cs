using System.Text.Json.Serialization.Metadata;

namespace Rialto.Kernel;

/// <summary>A kind of work a module can ask for.</summary>
/// <param name="Name">Module and verb: <c>publishing.build</c>. Stable: jobs written by an older version must still be understood.</param>
/// <param name="Queue">One of <see cref="QueueDefinition.All"/>.</param>
/// <param name="Json">How the payload is written; source-generated.</param>
public sealed record JobKind<T>(string Name, string Queue, JsonTypeInfo<T> Json)
{
    /// <summary>How often it may be tried before it is given up.</summary>
    public int MaxAttempts { get; init; } = 5;
}
