using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>How a node publishes.</summary>
public sealed record PublishingOptions
{
    /// <summary>Sites stand at <c>name.base-domain</c>; null to serve them by path only.</summary>
    public string? BaseDomain { get; init; }

    /// <summary>Whether sites also stand at <c>/s/name/</c> of any other host. For one machine: there all sites share one origin.</summary>
    public bool PathMode { get; init; } = true;

    /// <summary>Address at which this node is reached, for links and canonical addresses: <c>http://127.0.0.1:8080</c>. A function, because a free port is known only once it is taken.</summary>
    public Func<Uri> PublicUrl { get; init; } = () => new("http://127.0.0.1:8080");

    /// <summary>Port of <c>https</c> as visitors see it; null when this node has none: then domains get no certificates. A function, as <see cref="PublicUrl"/>.</summary>
    public Func<int?> HttpsPort { get; init; } = () => null;

    /// <summary>Name servers asked about customers' domains; null for those of this machine.</summary>
    public IReadOnlyList<System.Net.IPEndPoint>? NameServers { get; init; }

    /// <summary>True lets targets be folders of this machine. For tests and for who is alone on it.</summary>
    public bool AllowsLocalTargets { get; init; }

    /// <summary>What requests to targets may do.</summary>
    public OutgoingOptions Outgoing { get; init; } = new();

    /// <summary>Most memory for files of sites, in bytes.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Folder for results kept between builds; null for none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>When several pushes came since a branch was last built, its build waits until none has come for so long, in seconds, and at most ten times that.</summary>
    public double QuietSeconds { get; init; } = 1;

    /// <summary>Longest one build may take, in seconds; null for the queue's own limit.</summary>
    public double? BuildTimeoutSeconds { get; init; }

    /// <summary>Address of the site <paramref name="name"/>, or of its preview <paramref name="label"/>, with a slash at the end.</summary>
    public Uri AddressOf(string name, string? label = null)
    {
        var node = PublicUrl();
        if (BaseDomain is null) return new Uri(node, label is null ? $"/s/{name}/" : $"/s/{name}@{label}/");
        var host = label is null ? $"{name}.{BaseDomain}" : $"{label}--{name}.{BaseDomain}";
        return new UriBuilder(node.Scheme, host, node.IsDefaultPort ? -1 : node.Port, "/").Uri;
    }
}
