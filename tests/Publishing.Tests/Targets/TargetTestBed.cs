using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

/// <summary>A site, and hosts elsewhere to carry it to.</summary>
public abstract class TargetTestBed : BuildTestBed
{
    protected NetlifyHost Netlify { get; } = new();

    protected VercelHost Vercel { get; } = new();

    protected S3Host S3 { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Netlify.DisposeAsync();
        await Vercel.DisposeAsync();
        await S3.DisposeAsync();
    }

    protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddSingleton(new PublishingOptions
        {
            BaseDomain = "sites.test", AllowsLocalTargets = true,
            Outgoing = new OutgoingOptions { AllowedHosts = new HashSet<string> { Netlify.Address.Authority, Vercel.Address.Authority, S3.Address.Authority } },
        });
    }

    protected StandIn Of(string kind) => kind switch { "netlify" => Netlify, "vercel" => Vercel, _ => S3 };

    protected object Settings(string kind) => kind switch
    {
        "netlify" => new { siteId = "site-1", endpoint = Netlify.Address }, "vercel" => new { project = "lantern", teamId = "team-1", endpoint = Vercel.Address },
        _ => new { endpoint = S3.Address, bucket = S3Host.Bucket, accessKeyId = S3Host.KeyId, region = S3Host.Region },
    };

    protected Task<JsonNode> AddTarget(string kind, string secret = StandIn.Key) => Call(HttpMethod.Post, "sites/lantern/targets", new { name = "there", kind, settings = Settings(kind), secret }, 201);

    internal async Task Publish(SiteInfo site, long sequence, params (string, string)[] files)
    {
        (await EndBuild(site, await Release(site, sequence, files), sequence)).ShouldBe("live");
        await WithNode(Quiet);
    }

    protected async Task<IReadOnlyList<JsonNode>> Deployments(string target = "there") => [.. (await Call(HttpMethod.Get, $"sites/lantern/targets/{target}/deployments"))["items"]!.AsArray().Select(one => one!)];

    protected static Dictionary<string, string> Texts(StandIn host) => host.Published.ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));
}
