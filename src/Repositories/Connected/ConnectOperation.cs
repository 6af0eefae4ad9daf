using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Connected;

/// <summary>Connects a repository by its address. The host is asked first, so that what is connected can be read.</summary>
internal static class ConnectOperation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/repositories", Handle).As(new Operation("repositories.connect", "repositories.write", "Connects a repository by its address and, when asked to, makes a site of it.")
    {
        Changes = true, AnswersOnce = true, MostPerMinute = 60,
        Refusals =
        [
            new RefusalNote("repositories.connected_already", 409, "the organisation has it"), new RefusalNote("source.malformed", 422, "it is no address"), new RefusalNote("source.scheme", 422, "the address is not https"),
            new RefusalNote("source.private_host", 403, "the host is on a private network"), new RefusalNote("source.look_alike", 400, "the host imitates another"), new RefusalNote("source.unknown_host", 503, "the host has no address"),
            new RefusalNote("repository.not_found", 404, "there is none of that name"), new RefusalNote("repository.needs_token", 403, "it is private, or not there"), new RefusalNote("repository.fetch_timeout", 503, "the host does not answer"),
        ],
        Example = """{"source":"https://github.com/acme/lantern","site":"lantern"}""",
    });

    private static async Task<Created<NewlyConnected>> Handle(ConnectRepository request, TenantSession session, RemoteLook remotes, RepositorySecrets secrets, RepositoriesOptions options, CancellationToken cancel)
    {
        var remote = RemoteLook.Parse(request.Source) with { Ref = null };
        var source = RemoteLook.SourceOf(remote);
        if (await RepositoryStore.TryFindAsync(session, source, cancel) is not null) throw Already(source);
        var refs = await remotes.RefsAsync(remote, request.Token, cancel);

        var id = Guid.CreateVersion7();
        var secret = await secrets.NewHookSecretAsync(session, id, cancel);
        var added = new NewRepository
        {
            Id = id, Kind = "url", Provider = request.Provider ?? RemoteLook.ProviderOf(remote.Host), Source = source, Owner = remote.Owner, Name = remote.Name, WebUrl = remote.WebUrl.AbsoluteUri,
            DefaultBranch = refs.HeadBranch, HeadCommit = HeadOf(refs), IsPrivate = request.Token is not null, Token = await secrets.KeepTokenAsync(session, id, request.Token, cancel), HookSecret = secret.Kept, Site = request.Site,
        };
        var made = await RepositoryStore.AddAsync(session, added, cancel) ?? throw Already(source);
        await Branches.BeginAsync(session, id, refs, cancel);
        if (options.LooksByItself) await Looks.ScheduleAsync(session, id, cancel);
        return TypedResults.Created($"/api/v1/repositories/{id}", new NewlyConnected { Repository = made, Hook = HookAddress.Of(options, session.Tenant, id, secret.Text) });
    }

    private static string? HeadOf(RefTable refs) => refs.Head ?? (refs.HeadBranch is { } branch ? refs.Names.GetValueOrDefault(RefTable.Branches + branch) : null);

    private static Refusal Already(string source) => new("repositories.connected_already", $"{source} is connected already.", 409);
}

/// <summary>A repository to be connected.</summary>
internal sealed record ConnectRepository
{
    /// <summary>Its <c>https://</c> address, or <c>owner/name</c> on GitHub.</summary>
    [Required, StringLength(2000, MinimumLength = 3)]
    public required string Source { get; init; }

    /// <summary>A token that may read it, when it is private. Kept encrypted, never shown.</summary>
    [StringLength(1000, MinimumLength = 1)]
    [RegularExpression(@"[!-~]+", ErrorMessage = "holds letters, digits and signs only, no spaces.")]
    public string? Token { get; init; }

    /// <summary>Make a site of this name at once; empty for a name made of the repository's; left out, none is made.</summary>
    [StringLength(40)]
    public string? Site { get; init; }

    /// <summary>How its hooks speak, where the host does not tell: <c>github</c>, <c>gitlab</c>, <c>gitea</c> or <c>git</c>.</summary>
    [RegularExpression("github|gitlab|gitea|git", ErrorMessage = "is github, gitlab, gitea or git.")]
    public string? Provider { get; init; }
}

/// <summary>A repository just connected, with what its forge is to be told. The secret is shown this once.</summary>
internal sealed record NewlyConnected
{
    public required RepositoryInfo Repository { get; init; }

    public required HookAddress Hook { get; init; }
}

/// <summary>What to enter at the forge so that pushes are heard of.</summary>
internal sealed record HookAddress
{
    /// <summary>Where deliveries go.</summary>
    public required string Url { get; init; }

    /// <summary>The secret (GitHub, Gitea, Forgejo) or token (GitLab).</summary>
    public required string Secret { get; init; }

    /// <summary>The same for forges that sign by Standard Webhooks (GitLab's signing token).</summary>
    public required string SigningToken { get; init; }

    /// <summary>Type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    public static HookAddress Of(RepositoriesOptions options, TenantId tenant, Guid repository, string secret) =>
        new() { Url = new Uri(options.PublicUrl(), $"/hooks/{tenant.Value:N}/{repository:N}").AbsoluteUri, Secret = secret, SigningToken = "whsec_" + Convert.ToBase64String(Convert.FromHexString(secret)) };
}
