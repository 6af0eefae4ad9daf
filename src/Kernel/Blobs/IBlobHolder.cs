namespace Rialto.Kernel;

/// <summary>A part that keeps blobs of its own. Whoever collects what nobody needs asks all of them first.</summary>
public interface IBlobHolder
{
    /// <summary>Names of all blobs it needs, of every tenant.</summary>
    Task<IReadOnlyCollection<string>> HeldAsync(CancellationToken cancel);
}
