namespace Rialto.Analysis;

/// <summary>What a model is wanted for.</summary>
internal enum ModelRole { ContentAnalysis, DesignGeneration, ContentCreation, VideoCreation }

/// <summary>Which models serve which role, in the order in which they are asked. May be changed while work goes on: work that has begun keeps the chain it began with.</summary>
internal sealed class ModelRoles(ModelSettings settings, HttpClient http)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<ModelRole, IReadOnlyList<ChatModel>> chains = new();

    /// <summary>The role's own models, else those of the settings.</summary>
    public ModelChain Chain(ModelRole role) => new(chains.GetOrAdd(role, _ => Open(settings.Models)), settings.TimeoutMilliseconds);

    /// <summary>From now on the role asks these models, in this order.</summary>
    public void Swap(ModelRole role, params IReadOnlyList<string> models) => chains[role] = Open(models);

    private List<ChatModel> Open(IReadOnlyList<string> models) => [.. models.Distinct(StringComparer.Ordinal).Select(name => new ChatModel(name, settings, http))];
}
