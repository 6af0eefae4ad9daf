namespace Rialto.Repositories.Sources;

/// <summary>What a SOURCE turned out to name.</summary>
internal abstract record SourceName(string? Ref);

/// <summary>A folder on this machine.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Ref">Branch, tag or commit; null for HEAD.</param>
internal sealed record LocalSource(string Path, string? Ref) : SourceName(Ref);

/// <summary>A repository on another machine.</summary>
/// <param name="Scheme"><c>https</c> or <c>ssh</c>.</param>
/// <param name="Host">Lower case, ASCII, checked for shape.</param>
/// <param name="Port">Null for the scheme's own.</param>
/// <param name="User">For ssh only.</param>
/// <param name="Path">Without leading or trailing slash, not empty.</param>
/// <param name="Ref">Branch, tag or commit; null for the remote's HEAD.</param>
internal sealed record RemoteSource(string Scheme, string Host, int? Port, string? User, string Path, string? Ref) : SourceName(Ref)
{
    /// <summary>Address for Git.</summary>
    public string Url => $"{Scheme}://{(User is null ? "" : User + "@")}{Host}{(Port is { } port ? ":" + port : "")}/{Path}";

    /// <summary>Last segment without <c>.git</c>.</summary>
    public string Name => PathWithoutSuffix[(PathWithoutSuffix.LastIndexOf('/') + 1)..];

    /// <summary>Everything before the last segment, or null.</summary>
    public string? Owner => PathWithoutSuffix.LastIndexOf('/') is > 0 and var slash ? PathWithoutSuffix[..slash] : null;

    /// <summary>The page a reader would open. Ports of ssh say nothing about the web and are left out.</summary>
    public Uri WebUrl => new($"https://{Host}{(Scheme == "https" && Port is { } port ? ":" + port : "")}/{PathWithoutSuffix}");

    private string PathWithoutSuffix => Path.EndsWith(".git", StringComparison.Ordinal) ? Path[..^4] : Path;
}
