namespace Rialto.Kernel;

/// <summary>How the PostgreSQL that Rialto runs by itself is set up.</summary>
/// <param name="Folder">Folder of everything the server owns (cluster, socket, copied binaries); made when absent.</param>
public sealed record PostgresOptions(string Folder)
{
    /// <summary>Leaves the server running when this process ends, for several processes that share it. Otherwise it stops with the process, also when that is killed.</summary>
    public bool Detached { get; init; }

    /// <summary>False trades safety on power loss for speed. Only for throw-away data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Most connections the server accepts.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>Longest the server may take to answer after its start, in seconds; a long recovery after a crash counts.</summary>
    public double StartTimeoutSeconds { get; init; } = 60;
}
