using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>A site's own domains: claimed, shown to be the owner's, let go.</summary>
internal static class DomainOperations
{
    private const int MostOfSite = 50;
    private static readonly RefusalNote NotFound = new("domains.not_found", 404, "the site has no such domain");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/publishing/sites/{name}/domains", Add).As(new Operation("publishing.add_domain", "publishing.write", "Claims a domain for a site and tells which records show that it is yours.")
        {
            Changes = true, Example = """{"domain":"docs.example.org"}""",
            Refusals =
            [
                SiteOperations.NotFound, new RefusalNote("domains.name_invalid", 422, "it is no domain"), new RefusalNote("domains.name_reserved", 422, "it is the platform's, or not public"),
                new RefusalNote("domains.known", 409, "a site of the organisation has it already"), new RefusalNote("domains.too_many", 422, "the site has too many domains"),
            ],
        });
        routes.MapGet("/api/v1/publishing/sites/{name}/domains", List).As(new Operation("publishing.list_domains", "publishing.read", "Lists a site's domains with their records and certificates.") { Refusals = [SiteOperations.NotFound] });
        routes.MapGet("/api/v1/publishing/sites/{name}/domains/{domain}", Get).As(new Operation("publishing.get_domain", "publishing.read", "Shows a domain with its records and certificate.") { Refusals = [SiteOperations.NotFound, NotFound] });
        routes.MapPost("/api/v1/publishing/sites/{name}/domains/{domain}/verify", Verify).As(new Operation("publishing.verify_domain", "publishing.write", "Looks for a domain's records now.") { Changes = true, Refusals = [SiteOperations.NotFound, NotFound] });
        routes.MapDelete("/api/v1/publishing/sites/{name}/domains/{domain}", Remove).As(new Operation("publishing.remove_domain", "publishing.write", "Lets a domain go; its certificate is forgotten.") { Changes = true, Refusals = [SiteOperations.NotFound, NotFound] });
    }

    private static async Task<Created<DomainInfo>> Add(string name, AddDomain request, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var domain = DomainName.Require(request.Domain, options.BaseDomain);
        var of = new { tenant = session.Tenant.Value, site.Id, domain, token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) };
        if (await session.Connection.ExecuteScalarAsync<int>(new CommandDefinition("select count(*)::int from publishing.domains where tenant_id = @tenant and site_id = @Id", of, cancellationToken: cancel)) >= MostOfSite)
            throw new Refusal("domains.too_many", $"A site has up to {MostOfSite} domains; remove one.", 422);
        var made = await session.Connection.ExecuteAsync(new CommandDefinition("insert into publishing.domains (site_id, name, token) values (@Id, @domain, @token) on conflict (tenant_id, name) do nothing", of, cancellationToken: cancel));
        if (made == 0) throw new Refusal("domains.known", $"A site of this organisation has {domain} already; remove it there first.", 409);
        var row = await DomainStore.FindAsync(session, site.Id, domain, cancel);
        await VerifyDomain.AskAsync(session, row.Id, cancel);
        return TypedResults.Created($"/api/v1/publishing/sites/{name}/domains/{domain}", DomainInfo.Of(row, options));
    }

    private static async Task<Ok<IReadOnlyList<DomainInfo>>> List(string name, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok<IReadOnlyList<DomainInfo>>([.. (await DomainStore.ListAsync(session, site.Id, cancel)).Select(row => DomainInfo.Of(row, options))]);
    }

    private static async Task<Ok<DomainInfo>> Get(string name, string domain, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        return TypedResults.Ok(DomainInfo.Of(await DomainStore.FindAsync(session, site.Id, domain, cancel), options));
    }

    private static async Task<Accepted<DomainInfo>> Verify(string name, string domain, TenantSession session, PublishingOptions options, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var row = await DomainStore.FindAsync(session, site.Id, domain, cancel);
        await VerifyDomain.AskAsync(session, row.Id, cancel);
        return TypedResults.Accepted((string?)null, DomainInfo.Of(row, options));
    }

    private static async Task<NoContent> Remove(string name, string domain, TenantSession session, SiteSignals signals, CancellationToken cancel)
    {
        var site = await SiteStore.FindAsync(session, name, cancel);
        var row = await DomainStore.FindAsync(session, site.Id, domain, cancel);
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from publishing.domains where tenant_id = @tenant and id = @Id", new { tenant = session.Tenant.Value, row.Id }, cancellationToken: cancel));
        await signals.ChangedAsync(session, DomainDirectory.Signal);
        return TypedResults.NoContent();
    }
}

internal sealed record AddDomain
{
    /// <summary>Without https:// and path: <c>docs.example.org</c>.</summary>
    [Required, StringLength(253, MinimumLength = 3)]
    public required string Domain { get; init; }
}

/// <summary>A domain as its owner sees it.</summary>
internal sealed record DomainInfo
{
    public required string Name { get; init; }

    public required string Site { get; init; }

    /// <summary><c>pending</c>: the record was not found yet. <c>verified</c>. <c>lost</c>: the record is gone for days.</summary>
    public required string State { get; init; }

    /// <summary>Name of the TXT record that shows the domain is yours.</summary>
    public required string TxtName { get; init; }

    /// <summary>What it holds.</summary>
    public required string TxtValue { get; init; }

    /// <summary>Where a CNAME record of the domain is to lead (or A and AAAA records with the same addresses); null on a platform without names.</summary>
    public string? Target { get; init; }

    /// <summary>True when the domain leads here.</summary>
    public required bool IsPointed { get; init; }

    public DateTime? VerifiedAt { get; init; }

    public DateTime? CheckedAt { get; init; }

    /// <summary>What is missing.</summary>
    public string? Error { get; init; }

    /// <summary>Until when the certificate is good; null without one.</summary>
    public DateTime? CertificateUntil { get; init; }

    /// <summary>When it is renewed.</summary>
    public DateTime? RenewedAt { get; init; }

    /// <summary>Why there is none, or why it was not renewed.</summary>
    public string? CertificateError { get; init; }

    public static DomainInfo Of(DomainRow row, PublishingOptions options) => new()
    {
        Name = row.Name, Site = row.Site, State = row.State, TxtName = VerifyDomain.RecordOf(row.Name), TxtValue = VerifyDomain.ValueOf(row.Token), Target = options.BaseDomain is { } domain ? $"{row.Site}.{domain}" : null,
        IsPointed = row.IsPointed, VerifiedAt = row.VerifiedAt, CheckedAt = row.CheckedAt, Error = row.Error, CertificateUntil = row.NotAfter, RenewedAt = row.RenewAt, CertificateError = row.CertificateError,
    };
}
