using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

/// <summary>A site whose owner has a domain, with a name server in which they write.</summary>
public abstract class DomainTestBed : BuildTestBed
{
    protected const string Domain = "docs.example.org";

    protected DnsHost Dns { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Dns.DisposeAsync();
    }

    protected virtual PublishingOptions Publishing => new() { BaseDomain = "sites.test", NameServers = [Dns.Address] };

    protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        // The last one counts.
        services.AddSingleton(Publishing);
    }

    /// <summary>Claims the domain and writes its records into the zone.</summary>
    protected async Task<JsonNode> Claim(string site = "lantern", string domain = Domain)
    {
        var claimed = await Call(HttpMethod.Post, $"sites/{site}/domains", new { domain }, 201);
        Dns.Set(claimed["txtName"]!.GetValue<string>(), "TXT", "v=spf1 -all", claimed["txtValue"]!.GetValue<string>());
        Dns.Set(domain, "CNAME", claimed["target"]!.GetValue<string>());
        return claimed;
    }

    /// <summary>Looks at the domain now, whenever it would be due.</summary>
    protected async Task Look(string domain = Domain)
    {
        await Call(HttpMethod.Post, $"sites/lantern/domains/{domain}/verify", new { }, 202);
        await WithNode(Quiet);
    }

    protected Task<JsonNode> Domains(string domain = Domain) => Call(HttpMethod.Get, "sites/lantern/domains/" + domain);

    protected async Task Sql(string sql)
    {
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync(sql);
    }
}
