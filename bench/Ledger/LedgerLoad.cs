using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Bench;

/// <summary>An organisation's ledger with wallets, and callers who pay from one to another.</summary>
internal sealed class LedgerLoad : IAsyncDisposable
{
    private const int Payment = 7;
    private readonly ServiceProvider services;
    private readonly Database database;
    private int keys;

    public LedgerLoad(Database database)
    {
        this.database = database;
        services = new ServiceCollection().AddLogging().AddSingleton(database).AddLedger().BuildServiceProvider();
    }

    public TenantId Tenant { get; } = TenantId.New();

    public ILedger Ledger => services.GetRequiredService<ILedger>();

    public int Accounts { get; private set; }

    /// <summary>Opens wallets that are never negative, each with something in it.</summary>
    public async Task OpenAsync(int accounts, CancellationToken cancel)
    {
        await using (var session = await database.BeginAsync(Tenant, cancel))
        {
            await Ledger.OpenAccountAsync(session, new NewAccount { Code = "bank", Kind = AccountKind.Asset, Currency = Currency.Ducat }, cancel);
            for (var number = 0; number < accounts; number++)
                await Ledger.OpenAccountAsync(session, new NewAccount { Code = Wallet(number), Kind = AccountKind.Liability, Currency = Currency.Ducat, FloorMinor = 0 }, cancel);
            await session.CommitAsync(cancel);
        }
        await Task.WhenAll(Enumerable.Range(0, accounts).Chunk(100).Select(part => Ledger.SubmitAsync(
            Tenant, [.. part.Select(number => NewTransfer.Of($"open:{number}", "bank", Wallet(number), new Money(1_000_000_000, Currency.Ducat)))], cancel: cancel)));
        Accounts = accounts;
        // As pgbench does after its own filling.
        await using var owner = new NpgsqlConnection(database.Address.Owner);
        await owner.OpenAsync(cancel);
        await using var analyze = new NpgsqlCommand("vacuum analyze ledger.accounts, ledger.transfers, ledger.entries", owner);
        await analyze.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>So many payments between wallets chosen at random, by so many callers at once; returns when the last is on disk.</summary>
    public Task<Sample> PayAsync(int payments, int callers, CancellationToken cancel) =>
        RunAsync(payments, callers, random => (Wallet(random.Next(Accounts)), Wallet(random.Next(Accounts))), cancel);

    /// <summary>The same, all of them into one account.</summary>
    public Task<Sample> PayIntoOneAsync(int payments, int callers, CancellationToken cancel) => RunAsync(payments, callers, random => (Wallet(1 + random.Next(Accounts - 1)), Wallet(0)), cancel);

    /// <summary>Payments each in a transaction of its caller's, as operations of other modules make them.</summary>
    public async Task<Sample> PayInSessionsAsync(int payments, int callers, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var random = new Random(caller);
            for (var payment = 0; payment < payments / callers; payment++)
            {
                await using var session = await database.BeginAsync(Tenant, cancel);
                await Ledger.PostAsync(session, Make(Wallet(random.Next(Accounts)), Wallet(random.Next(Accounts))), cancel);
                await session.CommitAsync(cancel);
            }
        }));
        return new Sample(clock.Elapsed.TotalSeconds);
    }

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    private async Task<Sample> RunAsync(int payments, int callers, Func<Random, (string Debit, string Credit)> choose, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var random = new Random(caller);
            for (var payment = 0; payment < payments / callers; payment++)
            {
                var (debit, credit) = choose(random);
                await Ledger.SubmitAsync(Tenant, [Make(debit, credit)], cancel: cancel);
            }
        }));
        return new Sample(clock.Elapsed.TotalSeconds);
    }

    private NewTransfer Make(string debit, string credit) => NewTransfer.Of($"pay:{Interlocked.Increment(ref keys)}", debit, credit, new Money(Payment, Currency.Ducat));

    private static string Wallet(int number) => $"wallet:{number}:DUC";
}
