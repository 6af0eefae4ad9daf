using System.Text;

namespace Rialto.Repositories.Remote;

/// <summary>What the operator gives fetches.</summary>
internal sealed record RemoteAccess
{
    /// <summary>Credential for <see cref="TokenHost"/>; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>The one host that is sent the token: a name, or a name and a port other than 443.</summary>
    public string TokenHost { get; init; } = "github.com";

    /// <summary>PEM file of the authorities that prove hosts, instead of the system's; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Folder for what is fetched; null for the system's temporary folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Everything that must not be shown, in the forms in which it travels.</summary>
    public IReadOnlyList<string> Secrets => Token is null ? [] : [Token, Encoded(Token)];

    /// <summary>From <c>RIALTO_GIT_TOKEN</c>, <c>RIALTO_GIT_TOKEN_HOST</c> and <c>RIALTO_GIT_CA_FILE</c>.</summary>
    public static RemoteAccess FromEnvironment()
    {
        var access = new RemoteAccess { Token = Variable("RIALTO_GIT_TOKEN"), CaFile = Variable("RIALTO_GIT_CA_FILE") };
        return Variable("RIALTO_GIT_TOKEN_HOST") is { } host ? access with { TokenHost = host } : access;
    }

    /// <summary>The header for <paramref name="host"/> and <paramref name="port"/>, or null for every host but the token's own.</summary>
    public string? HeaderFor(string host, int? port)
    {
        var place = port is null or 443 ? host : $"{host}:{port}";
        return Token is not null && string.Equals(place, TokenHost, StringComparison.OrdinalIgnoreCase) ? "Authorization: Basic " + Encoded(Token) : null;
    }

    private static string Encoded(string token) => Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + token));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
