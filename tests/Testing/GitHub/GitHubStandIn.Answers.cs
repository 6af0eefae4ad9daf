using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Rialto.Testing;

/// <content>What it answers.</content>
public sealed partial class GitHubStandIn
{
    private async Task<(int Status, JsonNode Answer)> RouteAsync(HttpRequest request)
    {
        var path = request.Path.Value!;
        if (path == "/login/oauth/access_token") return (200, UserToken(await BodyAsync(request)));
        Headers(request);
        if (Match(path, @"^/app/installations/(\d+)$") is { } described) return (200, Describe(request, described[0]));
        if (Match(path, @"^/app/installations/(\d+)/access_tokens$") is { } asked && request.Method == "POST") return (201, NewToken(request, asked[0], await BodyAsync(request)));
        if (path == "/installation/repositories") return (200, List(Token(request, "metadata", null), request));
        if (path == "/user/installations") return (200, UserInstallations(request));
        if (path == "/graphql" && request.Method == "POST") return (200, await BranchesAsync(request));
        if (Match(path, @"^/repos/([\w.-]+)/([\w.-]+)/statuses/([0-9a-f]{40})$") is { } status && request.Method == "POST") return (201, Status(request, status, await BodyAsync(request)));
        if (Match(path, @"^/repos/([\w.-]+)/([\w.-]+)/deployments$") is { } deployment && request.Method == "POST") return (201, Deploy(request, deployment, await BodyAsync(request)));
        if (Match(path, @"^/repos/([\w.-]+)/([\w.-]+)/deployments/(\d+)/statuses$") is { } state && request.Method == "POST") return (201, DeployState(request, state, await BodyAsync(request)));
        throw Refuse(404, "Not Found");
    }

    // GitHub refuses requests without a User-Agent; the other two it only recommends, and we always send them.
    private static void Headers(HttpRequest request)
    {
        if (request.Headers.UserAgent.Count == 0) throw Refuse(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
        if (request.Headers.Accept != "application/vnd.github+json") throw Refuse(415, "Unsupported 'Accept' header.");
        if (request.Headers["X-GitHub-Api-Version"] != "2022-11-28") throw Refuse(400, "Unsupported API version.");
    }

    private JsonObject Describe(HttpRequest request, string number)
    {
        RequireApp(request);
        if (number != Installation.ToString(CultureInfo.InvariantCulture)) throw Refuse(404, "Not Found");
        return new JsonObject
        {
            ["id"] = Installation, ["app_id"] = AppId, ["account"] = new JsonObject { ["login"] = "acme", ["type"] = "Organization" }, ["permissions"] = Granted.DeepClone(), ["repository_selection"] = Selection,
            ["created_at"] = (InstalledAt ?? DateTimeOffset.UtcNow).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["suspended_at"] = null,
        };
    }

    private JsonObject NewToken(HttpRequest request, string number, JsonObject body)
    {
        RequireApp(request);
        if (number != Installation.ToString(CultureInfo.InvariantCulture)) throw Refuse(404, "Not Found");
        var permissions = body["permissions"] as JsonObject ?? Granted;
        foreach (var (name, level) in permissions)
            if ((string?)Granted[name] is not { } granted || ((string?)level == "write" && granted != "write")) throw Refuse(422, "The permissions requested are not granted to this installation.");
        var repositories = (body["repository_ids"] as JsonArray)?.Select(one => one!.GetValue<long>()).ToArray();
        if (repositories is not null && repositories.Any(one => !Repositories.ContainsKey(one))) throw Refuse(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
        var token = "ghs_" + Convert.ToHexString(RandomNumberGenerator.GetBytes(18));
        tokens[token] = ((JsonObject)permissions.DeepClone(), repositories, DateTimeOffset.UtcNow.AddHours(1));
        return new JsonObject { ["token"] = token, ["expires_at"] = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["permissions"] = permissions.DeepClone() };
    }

    // A JSON Web Token by RS256 of this app, at most ten minutes long, not from the future and not over.
    private void RequireApp(HttpRequest request)
    {
        var parts = Bearer(request).Split('.');
        if (parts.Length != 3) throw Refuse(401, "A JSON web token could not be decoded");
        var (header, claims) = (JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!, JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!);
        if ((string?)header["alg"] != "RS256" || !key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            throw Refuse(401, "A JSON web token could not be decoded");
        var (issued, expires, now) = (claims["iat"]!.GetValue<long>(), claims["exp"]!.GetValue<long>(), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        if (claims["iss"]?.ToString() != AppId.ToString(CultureInfo.InvariantCulture)) throw Refuse(401, "'Issuer' claim ('iss') must be an Integer");
        if (issued > now) throw Refuse(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        if (expires <= now) throw Refuse(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
        if (expires > now + 600) throw Refuse(401, "'Expiration time' claim ('exp') is too far in the future");
    }

    private (JsonObject Permissions, long[]? Repositories, DateTimeOffset Until) Token(HttpRequest request, string permission, long? repository, string level = "read")
    {
        if (!tokens.TryGetValue(Bearer(request), out var token) || token.Until < DateTimeOffset.UtcNow) throw Refuse(401, "Bad credentials");
        if ((string?)token.Permissions[permission] is not { } held || (level == "write" && held != "write")) throw Refuse(403, "Resource not accessible by integration");
        if (repository is { } one && token.Repositories?.Contains(one) == false) throw Refuse(404, "Not Found");
        return token;
    }

    private static string Bearer(HttpRequest request) => request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : throw Refuse(401, "Requires authentication");

    private JsonObject List((JsonObject, long[]?, DateTimeOffset) _, HttpRequest request)
    {
        var (size, page) = (int.Parse(request.Query["per_page"]!, CultureInfo.InvariantCulture), int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture));
        if (size > 100) throw Refuse(422, "per_page is too large");
        var items = Repositories.OrderBy(one => one.Key).Skip((page - 1) * size).Take(size).Select(one => (JsonNode)new JsonObject
        {
            ["id"] = one.Key, ["full_name"] = one.Value.Path, ["html_url"] = Git.Url(one.Value.Path), ["default_branch"] = "main", ["private"] = one.Value.IsPrivate,
        });
        return new JsonObject { ["total_count"] = Repositories.Count, ["repositories"] = new JsonArray([.. items]) };
    }

    private async Task<JsonNode> BranchesAsync(HttpRequest request)
    {
        var body = await BodyAsync(request);
        var path = $"{body["variables"]!["owner"]}/{body["variables"]!["name"]}";
        var repository = Repositories.FirstOrDefault(one => one.Value.Path == path);
        Token(request, "contents", repository.Key);
        if (body["query"]!.GetValue<string>().Split("refPrefix: \"refs/heads/\"").Length != 2) throw Refuse(400, "Problems parsing the query");
        var branches = Git.Branches(path + ".git").Select(branch => (JsonNode)new JsonObject { ["name"] = branch.Name, ["target"] = new JsonObject { ["oid"] = branch.Commit } }).ToArray();
        return new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["repository"] = new JsonObject
                {
                    ["defaultBranchRef"] = branches.First(branch => (string?)branch["name"] == "main").DeepClone(),
                    ["refs"] = new JsonObject { ["nodes"] = new JsonArray(branches), ["pageInfo"] = new JsonObject { ["hasNextPage"] = false, ["endCursor"] = null } },
                },
            },
        };
    }

    private JsonObject Status(HttpRequest request, string[] at, JsonObject body)
    {
        Token(request, "statuses", Number(at), "write");
        if ((string?)body["state"] is not ("error" or "failure" or "pending" or "success") || ((string?)body["description"])?.Length > 140) throw Refuse(422, "Validation Failed");
        Statuses.Enqueue((at[2], (string)body["state"]!, (string)body["context"]!, (string)body["target_url"]!));
        return new JsonObject { ["id"] = Interlocked.Increment(ref numbers) };
    }

    private JsonObject Deploy(HttpRequest request, string[] at, JsonObject body)
    {
        Token(request, "deployments", Number(at), "write");
        // Without these two GitHub would merge the default branch into the commit or wait for other checks.
        if (body["auto_merge"]?.GetValue<bool>() != false || body["required_contexts"] is not JsonArray { Count: 0 }) throw Refuse(409, "Conflict: Commit status checks failed.");
        var number = Interlocked.Increment(ref numbers);
        Deployments.Enqueue((number, (string)body["ref"]!, (string)body["environment"]!));
        return new JsonObject { ["id"] = number };
    }

    private JsonObject DeployState(HttpRequest request, string[] at, JsonObject body)
    {
        Token(request, "deployments", Number(at), "write");
        var number = long.Parse(at[2], CultureInfo.InvariantCulture);
        if (Deployments.All(one => one.Number != number)) throw Refuse(404, "Not Found");
        if ((string?)body["state"] is not ("error" or "failure" or "inactive" or "in_progress" or "queued" or "pending" or "success")) throw Refuse(422, "Validation Failed");
        DeploymentStates.Enqueue((number, (string)body["state"]!, (string)body["environment_url"]!));
        return new JsonObject { ["id"] = Interlocked.Increment(ref numbers) };
    }

    private long Number(string[] at) => Repositories.FirstOrDefault(one => one.Value.Path == $"{at[0]}/{at[1]}") is { Value.Path: not null } found ? found.Key : throw Refuse(404, "Not Found");

    private JsonObject UserToken(JsonObject body) => User is { } user && (string?)body["code"] == user.Code && (string?)body["client_secret"] == "client-secret-of-the-stand-in"
        ? new JsonObject { ["access_token"] = "ghu_" + user.Code, ["token_type"] = "bearer" } : new JsonObject { ["error"] = "bad_verification_code" };

    private JsonObject UserInstallations(HttpRequest request) => User is { } user && Bearer(request) == "ghu_" + user.Code
        ? new JsonObject { ["installations"] = new JsonArray([.. user.Installations.Select(one => (JsonNode)new JsonObject { ["id"] = one })]) } : throw Refuse(401, "Bad credentials");

    private static async Task<JsonObject> BodyAsync(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) throw Refuse(400, "Problems parsing JSON");
        try
        {
            return (JsonObject)(await JsonNode.ParseAsync(request.Body))!;
        }
        catch (JsonException)
        {
            throw Refuse(400, "Problems parsing JSON");
        }
    }

    private static string[]? Match(string path, string pattern) => Regex.Match(path, pattern) is { Success: true } match ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)] : null;
}
