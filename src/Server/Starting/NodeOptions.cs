using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>How one node is started.</summary>
/// <param name="DataFolder">Folder of everything the node keeps: database, blobs.</param>
/// <param name="Port">Port on this machine; 0 for any free one.</param>
/// <param name="Database">Connection string of a server elsewhere; null for one of our own.</param>
public sealed record NodeOptions(string DataFolder, int Port, string? Database)
{
    /// <summary>Port when none is named.</summary>
    public const int UsualPort = 8080;

    /// <summary>Sites stand at <c>name.base-domain</c>; null: by path only.</summary>
    public string? BaseDomain { get; init; }

    /// <summary>Port for https at customers' domains, with certificates that are ordered for them; null for none, 0 for any free one.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>Address of this machine to listen at: <c>127.0.0.1</c> for this machine only, <c>0.0.0.0</c> for all.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>Source of the site to publish first: a folder, an address, <c>owner/name</c>; null for none.</summary>
    public string? Repository { get; init; }

    /// <summary>Make a studio to look around in, instead of an empty organisation.</summary>
    public bool IsDemo { get; init; }

    internal string PostgresFolder => Path.Combine(DataFolder, "postgres");

    /// <summary>File of the root keys.</summary>
    public string RootKeyFile => Path.Combine(DataFolder, "root.key");

    /// <summary>Folder of the audit log's signed checkpoints.</summary>
    public string AuditFolder => Path.Combine(DataFolder, "audit");

    internal string SettingsFile => Path.Combine(DataFolder, "rialto.settings.json");

    internal string MailFolder => Path.Combine(DataFolder, "mail");

    internal string BlobFolder => Path.Combine(DataFolder, "blobs");

    /// <summary>Reads <c>--data DIR</c>, <c>--port N</c>, <c>--listen ADDRESS</c>, <c>--base-domain DOMAIN</c> and the environment's <c>RIALTO_DATABASE</c>.</summary>
    /// <exception cref="Refusal"><c>server.argument_unknown</c>, <c>server.port_invalid</c>, <c>server.listen_invalid</c>, <c>server.base_domain_invalid</c>.</exception>
    public static NodeOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new NodeOptions(UsualFolder(), UsualPort, Environment.GetEnvironmentVariable("RIALTO_DATABASE"));
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var value = index + 1 < arguments.Count ? arguments[index + 1] : throw Unknown(arguments[index]);
            options = arguments[index] switch
            {
                "--data" => options with { DataFolder = Path.GetFullPath(value) },
                "--port" => options with { Port = PortOf(value) },
                "--https-port" => options with { HttpsPort = PortOf(value) },
                "--base-domain" => options with { BaseDomain = BaseDomainOf(value) },
                "--listen" => options with { Listen = ListenOf(value) },
                var other => throw Unknown(other),
            };
        }
        return options;
    }

    /// <summary>Insists on a domain name.</summary>
    /// <exception cref="Refusal"><c>server.base_domain_invalid</c>.</exception>
    public static string BaseDomainOf(string text)
    {
        var name = text.Trim().TrimEnd('.').ToLowerInvariant();
        return name.Length <= 180 && Uri.CheckHostName(name) == UriHostNameType.Dns && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.')
            ? name
            : throw new Refusal("server.base_domain_invalid", $"{text} is no domain name; write it without https:// and port: sites.example.org.", 400);
    }

    /// <summary>Insists on an address of a machine, not a name.</summary>
    /// <exception cref="Refusal"><c>server.listen_invalid</c>.</exception>
    public static string ListenOf(string text) => System.Net.IPAddress.TryParse(text.Trim('[', ']'), out var address)
        ? address.ToString()
        : throw new Refusal("server.listen_invalid", $"{text} is no address; use 127.0.0.1 for this machine only, 0.0.0.0 or :: for all.", 400);

    private static int PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
        ? port
        : throw new Refusal("server.port_invalid", $"{text} is not a port; use a number from 0 (any free one) to 65535.", 400);

    private static Refusal Unknown(string argument) => new("server.argument_unknown", $"{argument} is not known or lacks its value; use --data DIR, --port N, --https-port N, --listen ADDRESS, --base-domain DOMAIN.", 400);

    /// <summary>Where a node keeps its data when nothing else is said.</summary>
    // Root's PostgreSQL runs under another account, which cannot look into root's home.
    public static string UsualFolder() => Environment.UserName == "root"
        ? "/var/lib/rialto"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "rialto");
}
