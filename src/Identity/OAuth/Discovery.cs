using System.Buffers.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Identity.Tokens;

namespace Rialto.Identity.OAuth;

/// <summary>What programs read first: where everything is (RFC 8414) and the public keys (RFC 7517).</summary>
internal static class Discovery
{
    public const string KeysPath = "/.well-known/jwks.json", Path = "/.well-known/oauth-authorization-server";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (RequestDelegate)(http => WriteAsync(http, Describe(http, (AccessTokens)http.RequestServices.GetService(typeof(AccessTokens))!))));
        routes.MapGet(KeysPath, (RequestDelegate)KeysAsync);
    }

    private static JsonObject Describe(HttpContext http, AccessTokens tokens)
    {
        var here = tokens.Issuer.StartsWith("http", StringComparison.Ordinal) ? tokens.Issuer : $"{http.Request.Scheme}://{http.Request.Host}";
        return new JsonObject
        {
            ["issuer"] = tokens.Issuer, ["authorization_endpoint"] = here + "/oauth/authorize", ["token_endpoint"] = here + TokenEndpoint.Path, ["jwks_uri"] = here + KeysPath,
            ["device_authorization_endpoint"] = here + DeviceGrants.Path, ["introspection_endpoint"] = here + TokenFacts.IntrospectionPath, ["revocation_endpoint"] = here + TokenFacts.RevocationPath,
            ["response_types_supported"] = new JsonArray("code"), ["response_modes_supported"] = new JsonArray("query"), ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token", "client_credentials", DeviceGrants.GrantType),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post", "none"), ["authorization_response_iss_parameter_supported"] = true,
            ["service_documentation"] = here + "/api",
        };
    }

    private static async Task KeysAsync(HttpContext http)
    {
        var keys = (SigningKeys)http.RequestServices.GetService(typeof(SigningKeys))!;
        var list = new JsonArray();
        foreach (var key in await keys.PublishedAsync(http.RequestAborted))
        {
            var point = key.Key.ExportParameters(includePrivateParameters: false).Q;
            list.Add((JsonNode)new JsonObject
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = "ES256", ["kid"] = key.Id, ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
            });
        }
        await WriteAsync(http, new JsonObject { ["keys"] = list });
    }

    private static Task WriteAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "public, max-age=300";
        // Anybody may read these, pages of other sites too.
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
