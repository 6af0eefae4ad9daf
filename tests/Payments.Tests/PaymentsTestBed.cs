using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;
using Rialto.Ledger;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Payments.Tests;

/// <summary>One database and one server, on a clock that stands still; each test has an organisation of its own.</summary>
public sealed class PaymentsFixture : IAsyncLifetime
{
    public TestDatabase Test { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    public StandingClock Clock { get; } = new();

    /// <summary>Levels of members by their subject, as a module that measures would tell them.</summary>
    public Levels Levels { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Test = await TestDatabase.CreateAsync(LedgerModule.Schema, PaymentsModule.Schema);
        Host = await TestHost.StartAsync(Test.Database, routes =>
        {
            routes.MapLedger();
            routes.MapPayments();
        }, services => services.AddLedger().AddPayments().AddSingleton<IMemberLevels>(Levels).Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Test.DisposeAsync();
    }
}

/// <summary>Levels that tests set.</summary>
public sealed class Levels : IMemberLevels
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, decimal> known = new();

    public void Set(string subject, decimal level) => known[subject] = level;

    public ValueTask<decimal?> LevelAsync(TenantSession session, string subject, CancellationToken cancel = default) => new(known.TryGetValue(subject, out var level) ? level : null);
}

/// <summary>Short words for what tests do all the time.</summary>
public abstract class PaymentsTestBed(PaymentsFixture fixture) : IClassFixture<PaymentsFixture>
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TenantId Tenant { get; } = TenantId.New();

    protected StandingClock Clock => fixture.Clock;

    protected Levels Levels => fixture.Levels;

    protected ILedger Ledger => fixture.Host.Services.GetRequiredService<ILedger>();

    protected string Subject(string name) => $"key:{name}-{Tenant}";

    protected async Task<JsonNode> Call(string who, HttpMethod method, string path, object? body = null, int status = 200, params string[] permissions)
    {
        using var client = fixture.Host.As($"{who}-{Tenant}", Tenant, permissions);
        using var request = new HttpRequestMessage(method, "/api/v1/payments/" + path);
        if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        using var answer = await client.SendAsync(request, Cancel);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, words);
        return words.Length == 0 ? new JsonObject() : JsonNode.Parse(words)!;
    }

    protected Task<JsonNode> Quote(string who, long amountMinor, string currency = "DUC") => Call(who, HttpMethod.Post, "quotes", new { amountMinor, currency }, 201);

    protected Task<JsonNode> Accept(string who, JsonNode quote, int status = 200) => Call(who, HttpMethod.Post, $"quotes/{quote["id"]}/accept", new { }, status);

    protected Task Fund(string into, string currency, long amountMinor) => Call("house", HttpMethod.Post, "treasury/fund", new { into, currency, amountMinor });

    /// <summary>Gives a member money, as a payment from outside would.</summary>
    protected async Task Give(string who, string currency, long amountMinor)
    {
        await Call(who, HttpMethod.Post, "wallet", new { });
        await In(session => Ledger.PostAsync(session, NewTransfer.Of($"gift-{Guid.NewGuid()}", $"bank:{currency}", $"wallet:{Subject(who)}:{currency}", new Money(amountMinor, Currency.Find(currency))), Cancel));
    }

    protected async Task<T> In<T>(Func<TenantSession, Task<T>> act)
    {
        await using var session = await fixture.Test.Database.BeginAsync(Tenant, Cancel);
        var result = await act(session);
        await session.CommitAsync(Cancel);
        return result;
    }

    protected async Task<long> Posted(string account) => (await In(session => Ledger.FindAccountAsync(session, account, Cancel))).Balance.PostedMinor;

    protected async Task<long> Available(string account) => (await In(session => Ledger.FindAccountAsync(session, account, Cancel))).Balance.AvailableMinor;

    protected string Wallet(string who, string currency) => $"wallet:{Subject(who)}:{currency}";

    protected async Task<T> Ask<T>(string sql)
    {
        await using var super = await fixture.Test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<T>(sql, new { tenant = Tenant.Value }))!;
    }
}
