using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Rialto.Identity;
using Rialto.Kernel;
using Xunit;

namespace Rialto.Server.Tests.Wall;

/// <summary>One node for all tests of the wall.</summary>
[CollectionDefinition(nameof(WalledNode))]
public sealed class WalledNodeShared : ICollectionFixture<WalledNode>;

/// <summary>A whole node with every module and two organisations on it: Acme, who looks, and Other, whose things must not be found.</summary>
public sealed class WalledNode : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-wall-").FullName;
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    internal Database Database { get; private set; } = null!;

    internal Side Acme { get; private set; } = null!;

    internal Side Other { get; private set; } = null!;

    internal HttpClient Anonymous { get; private set; } = null!;

    internal IReadOnlyList<WalledOperation> Operations { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        // Where tests run as root, the database runs as somebody else.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var options = new NodeOptions(folder, 0, null);
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        running = Node.RunAsync(options, new NodeVoice(_ => { }, _ => { }, address => ready.TrySetResult(address)), stop.Token);
        if (await Task.WhenAny(running, ready.Task) == running) await running;
        Anonymous = new HttpClient { BaseAddress = new Uri(await ready.Task) };
        Database = await Node.OpenDatabaseAsync(options);
        Acme = await SideAsync("acme");
        Other = await SideAsync("zanzibar");
        var catalogue = JsonNode.Parse(await Anonymous.GetStringAsync("/api/v1/operations"))!.AsArray();
        Operations = [.. catalogue.Select(one => WalledOperation.Of(one!.AsObject()))];
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous?.Dispose();
        if (Database is not null) await Database.DisposeAsync();
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Side> SideAsync(string handle)
    {
        var organisation = await Organisations.CreateAsync(Database, handle, handle);
        // Asking for everything is more than a small tier allows.
        await using (var platform = await Database.BeginAsync(TenantId.Platform))
        {
            await platform.Connection.ExecuteAsync("insert into gateway.plans (organisation, tier) values (@Id, 'enterprise')", new { organisation.Id });
            await platform.CommitAsync();
        }
        await using var session = await Database.BeginAsync(organisation.Tenant);
        var key = await ApiKeys.CreateAsync(session, "owner", ["*"], null);
        await session.CommitAsync();
        var client = new HttpClient { BaseAddress = Anonymous.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return new Side(Database, organisation, client);
    }
}

/// <summary>One organisation, with ways to act for it.</summary>
internal sealed record Side(Database Database, Organisation Organisation, HttpClient Client)
{
    /// <summary>Runs SQL as the application does, in the organisation's own transaction.</summary>
    public async Task<string> SqlAsync(string sql, object? parameters = null)
    {
        await using var session = await Database.BeginAsync(Organisation.Tenant);
        var made = await session.Connection.ExecuteScalarAsync<object>(sql, parameters);
        await session.CommitAsync();
        return made?.ToString() ?? "";
    }

    /// <summary>Calls an operation and returns what it answers.</summary>
    public async Task<JsonNode> PostAsync(string path, string json, string method = "POST")
    {
        var answer = await SendAsync(method, path, json);
        return answer.Status < 300 ? JsonNode.Parse(answer.Body.Length == 0 ? "{}" : answer.Body)! : throw new InvalidOperationException($"{method} {path}: {answer.Status} {answer.Body}");
    }

    /// <summary>Sends a request that belongs to one trace, so that equal answers are equal to the byte.</summary>
    public async Task<Answer> SendAsync(string method, string path, string? json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        if (json is not null && method is not ("GET" or "DELETE")) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "RateLimit" or "RateLimit-Policy"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        return new Answer((int)answer.StatusCode, string.Join('\n', headers), await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>An answer, as far as a stranger can tell one from another.</summary>
internal sealed record Answer(int Status, string Headers, string Body)
{
    /// <summary>With what the caller had sent, and only that, taken out.</summary>
    public Answer Without(IEnumerable<string> sent) => sent.Aggregate(this, (answer, word) => answer with
    {
        Headers = answer.Headers.Replace(word, "…", StringComparison.Ordinal), Body = answer.Body.Replace(word, "…", StringComparison.Ordinal),
    });
}

/// <summary>An operation as the catalogue shows it.</summary>
internal sealed record WalledOperation(string Name, string Method, string Path, IReadOnlyList<string> Parts, IReadOnlyList<string> Ids, string? Example)
{
    public bool TakesId => Parts.Count > 0;

    public static WalledOperation Of(JsonObject one)
    {
        // {id:guid} and {id} are the same to this test.
        var path = string.Join('/', one["path"]!.ToString().Split('/').Select(segment => segment is ['{', .., '}'] ? $"{{{segment[1..^1].Split(':')[0].Trim('*', '?')}}}" : segment));
        var parts = path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment[1..^1]).ToArray();
        var ids = one["input"]!["properties"]!.AsObject().Where(field => !parts.Contains(field.Key) && IsId(field.Key, field.Value)).Select(field => field.Key);
        return new WalledOperation(one["name"]!.ToString(), one["method"]!.ToString(), path, parts, [.. ids], one["example"]?.ToJsonString());
    }

    /// <summary>The template up to and with one part: what kind of thing that part names.</summary>
    public string TemplateOf(string part) => Path[..(Path.IndexOf($"{{{part}}}", StringComparison.Ordinal) + part.Length + 2)];

    public string PathWith(IReadOnlyDictionary<string, string> values) =>
        string.Join('/', Path.Split('/').Select(segment => segment.StartsWith('{') ? Uri.EscapeDataString(values[segment[1..^1]]) : segment));

    private static bool IsId(string name, JsonNode? schema) =>
        name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Ids", StringComparison.Ordinal) || schema is JsonObject { } shape && shape["format"]?.ToString() == "uuid";
}
