namespace Rialto.Sites;

/// <summary>Addresses on the site that hosts the repository, in the shape that host uses.</summary>
internal sealed class HostLinks
{
    private readonly string web;
    private readonly string commit;
    private readonly Shape shape;

    private HostLinks(string web, string host, string commit, string? branch)
    {
        (this.web, this.commit, Branch) = (web, commit, branch);
        shape = host switch
        {
            "github.com" => Shape.GitHub,
            "bitbucket.org" => Shape.Bitbucket,
            "codeberg.org" or "gitea.com" => Shape.Gitea,
            _ when host.Contains("gitlab", StringComparison.Ordinal) => Shape.GitLab,
            _ when host.Contains("gitea", StringComparison.Ordinal) || host.Contains("forgejo", StringComparison.Ordinal) => Shape.Gitea,
            "gitee.com" => Shape.GitHub,
            _ => Shape.Unknown,
        };
        Server = web[..web.IndexOf('/', web.IndexOf("//", StringComparison.Ordinal) + 2)];
        Name = web[(Server.Length + 1)..];
    }

    private enum Shape { Unknown, GitHub, GitLab, Gitea, Bitbucket }

    /// <summary><c>https://github.com</c>.</summary>
    public string Server { get; }

    /// <summary><c>owner/name</c>.</summary>
    public string Name { get; }

    public string Web => web;

    /// <summary>The branch that can be edited; null when it is unknown.</summary>
    public string? Branch { get; }

    public Func<string, string>? MentionUrl => shape switch { Shape.GitHub or Shape.GitLab or Shape.Gitea => name => $"{Server}/{name}", _ => null };

    public Func<string, string>? IssueUrl => shape switch
    {
        Shape.GitHub or Shape.Gitea => number => $"{web}/issues/{number}",
        Shape.GitLab => number => $"{web}/-/issues/{number}",
        _ => null,
    };

    /// <summary>For a repository whose web address is known and has an owner and a name; otherwise null.</summary>
    public static HostLinks? For(Analysis.RepositoryFacts repository)
    {
        if (!Uri.TryCreate(repository.WebUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) return null;
        var path = url.AbsolutePath.Trim('/');
        if (path.EndsWith(".git", StringComparison.Ordinal)) path = path[..^4];
        return path.Contains('/') ? new HostLinks($"{url.Scheme}://{url.Authority}/{path}", url.Host, repository.Commit, repository.DefaultBranch ?? repository.Ref) : null;
    }

    /// <summary>A file or folder at the analysed commit; null when the host's way of addressing is unknown.</summary>
    public string? File(string path, bool isFolder)
    {
        var encoded = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return shape switch
        {
            Shape.GitHub => $"{web}/{(isFolder ? "tree" : "blob")}/{commit}/{encoded}",
            Shape.GitLab => $"{web}/-/{(isFolder ? "tree" : "blob")}/{commit}/{encoded}",
            Shape.Gitea => $"{web}/src/commit/{commit}/{encoded}",
            Shape.Bitbucket => $"{web}/src/{commit}/{encoded}",
            _ => null,
        };
    }

    /// <summary>Where a file can be edited; null when branch or shape is unknown.</summary>
    public string? Edit(string path)
    {
        if (Branch is null) return null;
        var (encoded, branch) = (string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), Uri.EscapeDataString(Branch).Replace("%2F", "/", StringComparison.Ordinal));
        return shape switch
        {
            Shape.GitHub => $"{web}/edit/{branch}/{encoded}",
            Shape.GitLab => $"{web}/-/edit/{branch}/{encoded}",
            Shape.Gitea => $"{web}/_edit/{branch}/{encoded}",
            Shape.Bitbucket => $"{web}/src/{branch}/{encoded}?mode=edit",
            _ => null,
        };
    }

    /// <summary>The path that an absolute address names in this very repository (<c>…/blob/main/docs/x.md</c>, also on the raw host); null for any other.</summary>
    public string? OwnPath(string url)
    {
        var rest = After(url, web + "/blob/") ?? After(url, web + "/raw/") ?? After(url, web + "/tree/") ?? After(url, web + "/-/blob/") ?? After(url, web + "/-/raw/");
        if (rest is null && shape == Shape.GitHub) rest = After(url, "https://raw.githubusercontent.com/" + Name + "/");
        if (rest is null) return null;
        rest = After(rest, "refs/heads/") ?? rest;
        foreach (var revision in (ReadOnlySpan<string?>)[Branch, commit, "HEAD", "master", "main"])
            if (revision is not null && After(rest, revision + "/") is { } path) return path;
        return null;
    }

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;
}
