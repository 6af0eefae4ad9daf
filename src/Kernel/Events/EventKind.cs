using System.Text.Json.Serialization.Metadata;

namespace Rialto.Kernel;

/// <summary>A kind of fact that a module announces.</summary>
/// <param name="Name">Module and past tense: <c>orders.placed</c>. Stable: readers and customers' webhooks branch on it.</param>
/// <param name="Json">How its data is written; source-generated.</param>
public sealed record EventKind<T>(string Name, JsonTypeInfo<T> Json);
