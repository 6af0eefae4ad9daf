using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Ledger.Tests;

/// <summary>One database and one server for all tests of a class; each test has an organisation of its own.</summary>
public sealed class LedgerFixture : IAsyncLifetime
{
    public TestDatabase Test { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Test = await TestDatabase.CreateAsync(LedgerModule.Schema);
        Host = await TestHost.StartAsync(Test.Database, routes => routes.MapLedger(), services => services.AddLedger());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Test.DisposeAsync();
    }
}

/// <summary>The ledger on a real database, with short words for what tests do all the time. Amounts are ducats' minor units unless said otherwise.</summary>
public abstract class LedgerTestBed(LedgerFixture fixture) : IClassFixture<LedgerFixture>
{
    private int keys;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TenantId Tenant { get; } = TenantId.New();

    protected TestDatabase Test => fixture.Test;

    protected Database Database => fixture.Test.Database;

    protected TestHost Host => fixture.Host;

    protected ILedger Ledger => fixture.Host.Services.GetRequiredService<ILedger>();

    protected ILedgerBooks Books => fixture.Host.Services.GetRequiredService<ILedgerBooks>();

    protected IBudgets Budgets => fixture.Host.Services.GetRequiredService<IBudgets>();

    protected static Money Duc(long amountMinor) => new(amountMinor, Currency.Ducat);

    protected static Money Usd(long amountMinor) => new(amountMinor, Currency.Usd);

    protected static string Json(Transfer transfer) => JsonSerializer.Serialize(transfer, LedgerJson.Default.Transfer);

    protected string NextKey() => $"key-{Interlocked.Increment(ref keys)}";

    /// <summary>Runs in a session of the test's organisation and commits.</summary>
    protected async Task<T> In<T>(Func<TenantSession, Task<T>> act)
    {
        await using var session = await Database.BeginAsync(Tenant, Cancel);
        session.Actor = "user:ada";
        var result = await act(session);
        await session.CommitAsync(Cancel);
        return result;
    }

    protected Task<Account> Open(string code, AccountKind kind = AccountKind.Liability, Currency? currency = null, long? floor = null, long? ceiling = null, params string[] tags) =>
        In(session => Ledger.OpenAccountAsync(session, new NewAccount { Code = code, Kind = kind, Currency = currency ?? Currency.Ducat, FloorMinor = floor, CeilingMinor = ceiling, Tags = tags }, Cancel));

    /// <summary>A bank without limits and wallets that are never negative, funded with so much each.</summary>
    protected async Task Wallets(long each, params string[] codes)
    {
        await Open("bank", AccountKind.Asset);
        foreach (var code in codes)
        {
            await Open(code, floor: 0);
            if (each > 0) await Post("bank", code, each);
        }
    }

    protected Task<Transfer> Post(string debit, string credit, long amount, string? key = null) => Post(NewTransfer.Of(key ?? NextKey(), debit, credit, Duc(amount)));

    protected Task<Transfer> Post(NewTransfer transfer) => In(session => Ledger.PostAsync(session, transfer, Cancel));

    protected Task<Transfer> Hold(string debit, string credit, long amount, DateTimeOffset? expiresAt = null) =>
        Post(NewTransfer.Of(NextKey(), debit, credit, Duc(amount)) with { IsPending = true, ExpiresAt = expiresAt });

    protected async Task<Balance> Balance(string code) => (await In(session => Ledger.FindAccountAsync(session, code, Cancel))).Balance;

    protected async Task<Refusal> Refused(string code, Func<Task> act)
    {
        var refusal = await Should.ThrowAsync<Refusal>(act);
        refusal.Code.ShouldBe(code, refusal.Message);
        return refusal;
    }

    protected HttpClient As(params string[] permissions) => Host.As("ada" + string.Join('+', permissions) + Tenant, Tenant, permissions);

    protected async Task<JsonNode> Call(HttpMethod method, string path, object? body = null, int status = 200, HttpClient? client = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/ledger/" + path);
        if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await (client ?? As()).SendAsync(request, Cancel);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, words);
        return words.Length == 0 ? new JsonObject() : JsonNode.Parse(words)!;
    }

    protected async Task<IReadOnlyList<(string Name, JsonNode Data)>> Events()
    {
        await using var super = await Test.OpenSuperAsync();
        var rows = await super.QueryAsync<(string Name, string Data)>("select name, data::text from kernel.events where tenant_id = @Value order by transaction, position", new { Tenant.Value });
        return [.. rows.Select(row => (row.Name, JsonNode.Parse(row.Data)!))];
    }

    protected async Task<T> Ask<T>(string sql)
    {
        await using var super = await Test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql.Replace("$tenant", $"'{Tenant}'", StringComparison.Ordinal)))!;
    }
}
