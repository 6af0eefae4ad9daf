using Rialto.Kernel;

namespace Rialto.Repositories;

/// <summary>How a node keeps repositories and listens for their pushes.</summary>
public sealed record RepositoriesOptions
{
    /// <summary>Address at which forges reach this node. A function, because a free port is known only once it is taken.</summary>
    public Func<Uri> PublicUrl { get; init; } = () => new("http://127.0.0.1:8080");

    /// <summary>Folder for uploads and for copies of remote repositories kept between builds; null for the system's temporary folder and no copies.</summary>
    public string? Folder { get; init; }

    /// <summary>Most bytes of copies of remote repositories; what was not used for the longest time goes first.</summary>
    public long MostMirrorBytes { get; init; } = 5L * 1024 * 1024 * 1024;

    /// <summary>Bounds of every reading.</summary>
    public Func<SourceLimits> Limits { get; init; } = SourceLimitsSettings.FromEnvironment;

    /// <summary>PEM file of the authorities that prove hosts; null for the operator's <c>RIALTO_GIT_CA_FILE</c>, or else the system's.</summary>
    public string? CaFile { get; init; } = Environment.GetEnvironmentVariable("RIALTO_GIT_CA_FILE") is { Length: > 0 } file ? file : null;

    /// <summary>What requests to forges may do.</summary>
    public OutgoingOptions Outgoing { get; init; } = new();

    /// <summary>Most deliveries of one installation, or of one repository's own hook, in a minute; more are answered 429 and looked after by asking the forge.</summary>
    public int MostDeliveriesPerMinute { get; init; } = 100;

    /// <summary>Whether repositories connected by address are looked at every quarter of an hour, hook or not.</summary>
    public bool LooksByItself { get; init; } = true;

    /// <summary>How long after a flood the forge is asked where the branches stand, in seconds.</summary>
    public double LookAfterFloodSeconds { get; init; } = 10;

    /// <summary>Largest delivery, in bytes.</summary>
    public int MostDeliveryBytes { get; init; } = 10 * 1024 * 1024;
}
