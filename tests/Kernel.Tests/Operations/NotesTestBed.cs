using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Rialto.Testing;
using Xunit;

namespace Rialto.Kernel.Tests;

/// <summary>The notes module on a real server with a real database.</summary>
public abstract class NotesTestBed : IAsyncLifetime
{
    protected TestDatabase Test { get; private set; } = null!;

    protected TestHost Host { get; private set; } = null!;

    protected TenantId AdasTenant { get; } = TenantId.New();

    protected HttpClient Ada { get; private set; } = null!;

    protected HttpClient Bob { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Test = await TestDatabase.CreateAsync(Notes.Schema);
        Host = await TestHost.StartAsync(Test.Database, Notes.Map, Notes.Add);
        Ada = Host.As("ada", AdasTenant);
        Bob = Host.As("bob", TenantId.New());
    }

    public async ValueTask DisposeAsync()
    {
        Ada.Dispose();
        Bob.Dispose();
        await Host.DisposeAsync();
        await Test.DisposeAsync();
    }

    protected static async Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> Send(HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = body is string text ? new StringContent(text, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body, options: JsonSerializerOptions.Web);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, Cancel);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, words.Length == 0 ? null : JsonNode.Parse(words), answer);
    }

    protected static Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> Write(HttpClient client, string text, int rank = 1, string? key = null) =>
        Send(client, HttpMethod.Post, "/api/v1/notes", new { text, rank }, key is null ? [] : [("Idempotency-Key", key)]);

    protected async Task<int> Count(string table = "notes.notes")
    {
        await using var super = await Test.OpenSuperAsync();
        return await super.ExecuteScalarAsync<int>($"select count(*)::int from {table}");
    }
}
