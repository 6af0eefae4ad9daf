namespace Rialto.Analysis;

/// <summary>Why a model could not be used, and the next one is asked.</summary>
internal enum FallbackTrigger { ModelUnavailable, ProcessingTimeout, MemoryExhausted, QualityThresholdNotMet }

/// <summary>A model did not give a usable answer. Never leaves the module: the next model, or nothing, takes its place.</summary>
internal sealed class ModelFailure(FallbackTrigger trigger, string reason) : Exception(reason)
{
    public FallbackTrigger Trigger { get; } = trigger;

    /// <summary>The trigger as logs and configurations name it.</summary>
    public static string NameOf(FallbackTrigger trigger) => trigger switch
    {
        FallbackTrigger.ModelUnavailable => "model_unavailable",
        FallbackTrigger.ProcessingTimeout => "processing_timeout",
        FallbackTrigger.MemoryExhausted => "memory_exhausted",
        _ => "quality_threshold_not_met",
    };
}
