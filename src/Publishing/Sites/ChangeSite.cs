using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Changes how a site is shown: who may see it, and how it answers. In force with the commit.</summary>
internal static class ChangeSiteOperation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/api/v1/publishing/sites/{name}", Handle).As(new Operation("publishing.change_site", "publishing.write", "Changes a site's settings.")
    {
        Changes = true, Refusals = [SiteOperations.NotFound, new RefusalNote("publishing.password_missing", 422, "a password is asked for and none is set")], Example = """{"visibility":"password","password":"open sesame"}""",
    });

    private static async Task<Ok<SiteInfo>> Handle(string name, ChangeSite request, TenantSession session, SiteSignals signals, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var hash = request.Password is null ? null : await Task.Run(() => Passwords.Hash(request.Password), cancel);
        var hasPassword = await session.Connection.ExecuteScalarAsync<bool>(
            """
            update publishing.sites set visibility = coalesce(@Visibility, visibility), password_hash = coalesce(@hash, password_hash), single_page = coalesce(@IsSinglePage, single_page),
              block_on_secrets = coalesce(@BlockOnSecrets, block_on_secrets), keep_releases = coalesce(@KeepReleases, keep_releases), theme = coalesce(@Theme, theme)
            where tenant_id = @tenant and id = @Id returning visibility <> 'password' or password_hash is not null
            """, new { request.Visibility, hash, request.IsSinglePage, request.BlockOnSecrets, request.KeepReleases, request.Theme, tenant = session.Tenant.Value, site.Id });
        if (!hasPassword) throw new Refusal("publishing.password_missing", "Send the password that visitors are to give.", 422);
        await signals.ChangedAsync(session, site.Name);
        return TypedResults.Ok(await SiteStore.FindAsync(session, name, cancel) with { Url = options.AddressOf(name).AbsoluteUri });
    }
}

/// <summary>What is to be different; what is left out stays.</summary>
internal sealed record ChangeSite
{
    [RegularExpression("public|password|private", ErrorMessage = "is public, password or private.")]
    public string? Visibility { get; init; }

    [StringLength(200, MinimumLength = 8)]
    public string? Password { get; init; }

    public bool? IsSinglePage { get; init; }

    public bool? BlockOnSecrets { get; init; }

    [Range(1, 1000)]
    public int? KeepReleases { get; init; }

    [StringLength(60)]
    public string? Theme { get; init; }
}
