namespace Rialto.Cli;

/// <summary>
/// Every service the commands use, made when first asked for, by hand and in one place: starting a command costs only what
/// that command needs. Add a module here as one lazy property over its entry point.
/// </summary>
internal sealed class Composition : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
