using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>What who runs the server can set.</summary>
internal static class GatewaySettings
{
    public static readonly Setting<string> DefaultTier =
        Settings.Choice("gateway.default_tier", "free", "Tier of organisations without a plan of their own.", [.. Tier.All.Select(tier => tier.Name)]);

    public static readonly Setting<long> AddressPerHour = Settings.Number("gateway.address_per_hour", 60_000, "Calls one address may make in an hour with keys or sessions; 0 for no limit.", 0, 100_000_000);

    public static readonly Setting<long> MostAtOnce = Settings.Number("gateway.most_at_once", 512, "Requests to the interface that one node works on at the same time; more are told to come again.", 1, 100_000);

    public static readonly Setting<long> MostBodyBytes = Settings.Number("gateway.most_body_bytes", 10 * 1024 * 1024, "Largest body of a request to the interface, in bytes.", 1024, 1024 * 1024 * 1024);

    public static readonly Setting<string> CorsOrigins =
        Settings.Text("gateway.cors_origins", "", "Origins of pages elsewhere that may call the interface from a browser, as https://app.example.org, separated by spaces.", "origins as https://app.example.org, separated by spaces", OpenOrigins.Fits);

    public static readonly Setting<string> Hsts = Settings.Choice("gateway.hsts", "host", "Whether browsers that came by https are told to stay with it: not, for this host, or for its subdomains too.", "off", "host", "subdomains");

    public static IReadOnlyList<Setting> All { get; } = [DefaultTier, AddressPerHour, MostAtOnce, MostBodyBytes, CorsOrigins, Hsts];
}
