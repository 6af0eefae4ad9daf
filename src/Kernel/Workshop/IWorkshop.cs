using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rialto.Kernel;

/// <summary>
/// The one long-lived Node process that does what npm does best (highlighting, mathematics, pictures). Started on first use,
/// restarted when it dies, limited in memory, without network. Safe for concurrent use; calls are answered in any order.
/// </summary>
public interface IWorkshop : IAsyncDisposable
{
    /// <summary>False when Node or the workshop's packages are missing; then only what needs them is left out, with a word.</summary>
    bool IsAvailable { get; }

    /// <summary>Calls <paramref name="method"/> (<c>highlight</c>, <c>math</c>, <c>cards</c>, …) with a JSON body and optional bytes, and returns its JSON answer and bytes.</summary>
    /// <exception cref="Refusal"><c>workshop.unavailable</c> when it cannot be started; <c>workshop.failed</c> when the call failed for its input.</exception>
    Task<WorkshopAnswer<TAnswer>> CallAsync<TRequest, TAnswer>(
        string method, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType,
        ReadOnlyMemory<byte> bytes = default, CancellationToken cancel = default);
}

/// <param name="Value">The JSON answer.</param>
/// <param name="Bytes">Binary attachment; empty when there is none.</param>
public sealed record WorkshopAnswer<T>(T Value, ReadOnlyMemory<byte> Bytes);
