using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Media;
using Rialto.Publishing;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

namespace Rialto.Server;

/// <summary>The parts that make sites of repositories and publish them. Each is made when the first build needs it: a node that only serves carries none.</summary>
internal static class SiteMaking
{
    public static void Add(IServiceCollection parts, NodeOptions options)
    {
        var cache = Path.Combine(options.DataFolder, "cache");
        parts.AddSingleton(provider => new RepositoriesOptions { PublicUrl = () => Address(provider, options), Folder = Path.Combine(options.DataFolder, "repositories") });
        parts.AddRepositories();
        parts.AddSingleton(_ => SecretsModule.CreateScanner());
        parts.AddSingleton(_ => AnalysisModule.NewAnalyzer());
        parts.AddSingleton(_ => Workshop.Open());
        parts.AddSingleton(_ => Workshop.Assets());
        parts.AddSingleton(provider => MediaModule.Create(provider.GetRequiredService<IWorkshop>(), cache));
        parts.AddSingleton(provider => provider.GetRequiredService<MediaModule>().Pictures);
        parts.AddSingleton(provider => provider.GetRequiredService<MediaModule>().Typesetting);
        parts.AddSingleton(provider => provider.GetRequiredService<MediaModule>().Cards);
        parts.AddSingleton(provider => provider.GetRequiredService<MediaModule>().Icons);
        parts.AddSites(NodeModules());
        parts.AddSingleton(provider => new PublishingOptions { BaseDomain = options.BaseDomain, HttpsPort = () => options.HttpsPort is null ? null : NodeAddresses.SecurePort(provider), PublicUrl = () => Address(provider, options), CacheFolder = cache });
        parts.AddPublishing();
        parts.AddSingleton<PublishFirstSite>(provider => async (owner, source, cancel) =>
        {
            var publishing = provider.GetRequiredService<ISitePublishing>();
            var first = await publishing.PublishFirstAsync(owner.Tenant, source, cancel);
            return first.Job is null ? first.Address : await publishing.WaitUntilLiveAsync(owner.Tenant, first, cancel);
        });
    }

    // With --port 0 the address is known once the node serves.
    private static Uri Address(IServiceProvider provider, NodeOptions options) =>
        provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => !address.EndsWith(":0", StringComparison.Ordinal)) is { } served
            ? new Uri(served.Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal)) : new Uri($"http://127.0.0.1:{options.Port}");

    private static string? NodeModules()
    {
        if (Environment.GetEnvironmentVariable("RIALTO_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, "workshop", "node_modules"))) return Path.Combine(home, "workshop", "node_modules");
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
            if (Directory.Exists(Path.Combine(here.FullName, "workshop", "node_modules"))) return Path.Combine(here.FullName, "workshop", "node_modules");
        return null;
    }
}
