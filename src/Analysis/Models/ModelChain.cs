namespace Rialto.Analysis;

/// <summary>Asks one model after the other until one gives a usable answer in time.</summary>
internal sealed class ModelChain(IReadOnlyList<ChatModel> models, int timeoutMilliseconds)
{
    /// <returns>The first usable answer and the model that gave it; null when none did.</returns>
    /// <param name="system">What the model is to do.</param>
    /// <param name="user">What it is to do it with.</param>
    /// <param name="read">Makes the answer into what is wanted; throws <see cref="ModelFailure"/> when it is not good enough.</param>
    /// <param name="failed">Told of each model that failed, and why.</param>
    /// <param name="cancel">Stops the work, which is not a failure of the model.</param>
    public async Task<(T Answer, string Model)?> AskAsync<T>(string system, string user, Func<string, T> read, Action<string, FallbackTrigger>? failed, CancellationToken cancel)
    {
        foreach (var model in models)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(timeoutMilliseconds);
            try { return (read(await model.AskAsync(system, user, limit.Token)), model.Name); }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { failed?.Invoke(model.Name, FallbackTrigger.ProcessingTimeout); }
            catch (ModelFailure failure) { failed?.Invoke(model.Name, failure.Trigger); }
        }
        return null;
    }
}
