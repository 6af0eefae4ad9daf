using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// Where people reach this platform, for links in mail: what the operator set, otherwise where this node listens. Never the name a request asked for: whoever
/// asks for mail could lead its reader elsewhere.
/// </summary>
internal sealed class PlatformAddress(SettingLayers settings, IServer? server = null)
{
    public string Current => settings.Get(IdentitySettings.PublicUrl) is { Length: > 0 } set
        ? set.TrimEnd('/')
        : server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal) ?? "http://127.0.0.1:8080";
}
