namespace Rialto.Kernel;

/// <summary>What the pipeline has found out about the running call. One for each call; handlers take <see cref="Kernel.Caller"/> and <see cref="TenantSession"/> as parameters instead.</summary>
internal sealed class OperationScope
{
    private Caller? caller;
    private TenantSession? session;

    /// <summary>Set beforehand when the caller is known, in process; otherwise found from the request.</summary>
    public Caller? Known { get; set; }

    /// <summary>The visit that the gate let in; ended with the call.</summary>
    public CallVisit? Visit { get; set; }

    public Caller Caller => caller ?? throw Outside(nameof(Caller));

    public TenantSession Session => session ?? throw Outside(nameof(TenantSession));

    public void Open(Caller found, TenantSession opened) => (caller, session) = (found, opened);

    private static InvalidOperationException Outside(string what) => new($"There is a {what} only inside an operation: attach .As(new Operation(…)) to the endpoint.");
}
