using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Publishing;

/// <summary>Makes a site and asks for its first build.</summary>
internal static class CreateSiteOperation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/publishing/sites", Handle).As(new Operation("publishing.create_site", "publishing.write", "Makes a site from a repository and builds it.")
    {
        Changes = true,
        Refusals =
        [
            new RefusalNote("publishing.name_invalid", 422, "the name is no label of a host name"), new RefusalNote("publishing.name_reserved", 422, "the name is kept for the platform"),
            new RefusalNote("publishing.source_invalid", 422, "the source is no address of a repository"), new RefusalNote("publishing.name_taken", 409, "another site has the name"),
        ],
        Example = """{"name":"lantern","source":"https://github.com/acme/lantern"}""",
    });

    private static async Task<Created<SiteInfo>> Handle(CreateSite request, TenantSession session, IConnectedRepositories repositories, PublishingOptions options, CancellationToken cancel)
    {
        var source = (await repositories.FindAsync(session, request.Source, cancel))?.Source ?? RemoteSource(request.Source);
        var site = await CreateAsync(session, SiteName.Require(request.Name), source, request.Branch, request.Theme, cancel);
        await BuildRequests.AskAsync(session, site, null, null, options, cancel);
        return TypedResults.Created($"/api/v1/publishing/sites/{site.Name}", site with { Url = options.AddressOf(site.Name).AbsoluteUri });
    }

    // A caller from outside names addresses only: a path would read whatever repository this machine has.
    private static string RemoteSource(string source)
    {
        if (source.StartsWith("https://", StringComparison.Ordinal) || source.StartsWith("ssh://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal)) return source;
        var parts = source.Split('/');
        return parts.Length == 2 && parts.All(part => part.Length is > 0 and <= 100 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && part[0] != '.')
            ? "https://github.com/" + source
            : throw new Refusal("publishing.source_invalid", "Name the repository by an https://, ssh:// or git@ address, or as owner/name on GitHub.", 422);
    }

    /// <summary>Makes the row.</summary>
    /// <exception cref="Refusal"><c>publishing.name_taken</c>.</exception>
    public static async Task<SiteInfo> CreateAsync(TenantSession session, string name, string source, string? branch, string? theme, CancellationToken cancel)
    {
        if (!await SiteNames.TakeAsync(session, name, cancel)) throw Taken(name);
        try
        {
            await session.Connection.ExecuteAsync(new CommandDefinition("insert into publishing.sites (name, source, branch, theme, secret) values (@name, @source, @branch, @theme, @secret)",
                new { name, source, branch, theme, secret = RandomNumberGenerator.GetBytes(32) }, cancellationToken: cancel));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw Taken(name);
        }
        return await SiteStore.FindAsync(session, name, cancel);
    }

    private static Refusal Taken(string name) => new("publishing.name_taken", $"The name {name} is taken; choose another one.", 409);
}

/// <summary>A site to be made.</summary>
internal sealed record CreateSite
{
    /// <summary>A label of a host name: the site will stand there.</summary>
    [Required, StringLength(40, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>The repository: an <c>https://</c>, <c>ssh://</c> or <c>git@</c> address, or <c>owner/name</c> on GitHub.</summary>
    [Required, StringLength(2000, MinimumLength = 1)]
    public required string Source { get; init; }

    /// <summary>The branch whose pushes go live; left out, the repository's default.</summary>
    [StringLength(250)]
    public string? Branch { get; init; }

    /// <summary>Theme; left out, the facts choose.</summary>
    [StringLength(60)]
    public string? Theme { get; init; }
}
