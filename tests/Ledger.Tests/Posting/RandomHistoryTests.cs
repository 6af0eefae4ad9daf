using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

/// <summary>
/// 1,000 random histories in one organisation at the same time, each with accounts of its own in two currencies, compared step by step with a
/// simple model. The seed is fixed; RIALTO_SEED chooses another, and a failure names it.
/// </summary>
public sealed class RandomHistoryTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private const int Histories = 1_000, Steps = 12, AtOnce = 100;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("RIALTO_SEED"), out var seed) ? seed : 20261121;

    [Fact]
    public async Task A_thousand_random_histories_are_what_the_model_says_and_come_to_nothing_in_every_currency()
    {
        await OpenAllAsync();
        var histories = Enumerable.Range(0, Histories).Select(number => new History(number, new Random(Seed + number))).ToArray();
        await Parallel.ForEachAsync(histories, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (history, _) =>
        {
            for (var step = 0; step < Steps; step++) await StepAsync(history);
        });
        await CompareAsync(histories);
        var report = await In(session => Books.VerifyAsync(session, Cancel));
        report.Faults.ShouldBeEmpty($"seed {Seed}");
        report.Transfers.ShouldBeGreaterThan(Histories * 3);
        (await Ask<int>("select count(*)::int from (select from ledger.entries where tenant_id = $tenant group by currency, layer having sum(amount) <> 0 and layer = 'P') s")).ShouldBe(0, $"seed {Seed}");
        (await Ask<int>("select count(distinct currency)::int from ledger.entries where tenant_id = $tenant")).ShouldBe(2);
    }

    // Holds are ended, in part or not at all, and posted transfers reversed, in sessions; fewer histories, as each step is a transaction of its own.
    [Fact]
    public async Task Holds_and_reversals_at_random_are_what_the_model_says()
    {
        await OpenAllAsync(60);
        var histories = Enumerable.Range(0, 60).Select(number => new History(number, new Random(Seed - number - 1))).ToArray();
        await Parallel.ForEachAsync(histories, new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Cancel }, async (history, _) =>
        {
            for (var step = 0; step < 10; step++)
            {
                await StepAsync(history);
                await EndOneAsync(history);
            }
        });
        await CompareAsync(histories);
        (await In(session => Books.VerifyAsync(session, Cancel))).Faults.ShouldBeEmpty($"seed {Seed}");
        (await Ask<int>("select count(*)::int from ledger.transfers where tenant_id = $tenant and ended_at is not null")).ShouldBeGreaterThan(20);
    }

    private async Task StepAsync(History history)
    {
        var chain = history.Next();
        var expected = history.Model.Make(chain);
        string? found = null;
        try
        {
            var made = await Ledger.SubmitAsync(Tenant, chain, "user:random", Cancel);
            history.Remember(chain, made);
        }
        catch (Refusal refusal)
        {
            found = refusal.Code;
        }
        found.ShouldBe(expected, $"history {history.Number} of seed {Seed}");
    }

    private async Task EndOneAsync(History history)
    {
        if (history.TakeHeld() is not var (wanted, held)) return;
        var whole = wanted.Legs.Where(leg => leg.Side == Side.Debit).Sum(leg => leg.AmountMinor);
        var isOneCurrency = wanted.Legs.All(leg => leg.Currency == wanted.Legs[0].Currency);
        var part = history.Random.Next(3) switch { 0 => 0, 1 => whole, _ => isOneCurrency ? history.Random.NextInt64(1, whole + 1) : whole };
        var ended = part == 0
            ? await In(session => Ledger.VoidAsync(session, held.Id, "at random", Cancel))
            : await In(session => Ledger.SettleAsync(session, held.Id, new Settlement { Amount = part == whole ? null : new Money(part, wanted.Legs[0].Currency) }, Cancel));
        var posted = ended.PostedMinor ?? [.. wanted.Legs.Select(leg => part == 0 ? 0 : leg.AmountMinor)];
        foreach (var currency in wanted.Legs.Select((leg, index) => (leg, Amount: leg.Side == Side.Debit ? posted[index] : -posted[index])).GroupBy(one => one.leg.Currency)) currency.Sum(one => one.Amount).ShouldBe(0);
        if (isOneCurrency) wanted.Legs.Select((leg, index) => leg.Side == Side.Debit ? posted[index] : 0).Sum().ShouldBe(part);
        history.Model.End(wanted, posted);
    }

    private async Task CompareAsync(IEnumerable<History> histories)
    {
        await using var super = await Test.OpenSuperAsync();
        var rows = (await super.QueryAsync<(string Code, long Posted, long Debits, long Credits)>(
            "select code, debits_posted - credits_posted, debits_pending, credits_pending from ledger.accounts where tenant_id = @Value", new { Tenant.Value })).ToDictionary(row => row.Code);
        foreach (var history in histories)
            foreach (var (code, posted) in history.Model.Posted)
                (rows[code].Posted, (rows[code].Debits, rows[code].Credits)).ShouldBe((posted, history.Model.Pending[code]), $"{code}, seed {Seed}");
    }

    // One statement with the application's own rights, as opening thousands one by one would be most of the test.
    private Task OpenAllAsync(int histories = Histories) => In(session => session.Connection.ExecuteAsync(
        """
        insert into ledger.accounts (code, kind, currency, name, floor)
        select 'h' || number || ':' || code, kind, currency, code, floor from generate_series(0, @last) number,
          (values ('bank', 'asset', 'DUC', null::bigint), ('a', 'liability', 'DUC', 0), ('b', 'liability', 'DUC', 0), ('x', 'equity', 'USD', null), ('y', 'asset', 'USD', -500)) as kinds (code, kind, currency, floor)
        """, new { last = histories - 1 }));

    /// <summary>One history: what it has done, and what it does next.</summary>
    private sealed class History
    {
        private readonly List<IReadOnlyList<NewTransfer>> past = [];
        private readonly List<(NewTransfer Wanted, Transfer Held)> holds = [];
        private int keys;

        public History(int number, Random random)
        {
            (Number, Random) = (number, random);
            Model.Open(Code("bank"), "DUC", isAsset: true, null);
            Model.Open(Code("a"), "DUC", isAsset: false, 0);
            Model.Open(Code("b"), "DUC", isAsset: false, 0);
            Model.Open(Code("x"), "USD", isAsset: false, null);
            Model.Open(Code("y"), "USD", isAsset: true, -500);
        }

        public int Number { get; }

        public Random Random { get; }

        public SimpleModel Model { get; } = new();

        public IReadOnlyList<NewTransfer> Next()
        {
            // Now and then something is said again, as it was or with another body.
            if (past.Count > 0 && Random.Next(8) == 0)
            {
                var again = past[Random.Next(past.Count)];
                return Random.Next(2) == 0 ? again : [again[0] with { Legs = [.. again[0].Legs.Select(leg => leg with { AmountMinor = leg.AmountMinor * 2 })] }, .. again.Skip(1)];
            }
            var chain = Enumerable.Range(0, Random.Next(4) == 0 ? Random.Next(2, 5) : 1).Select(_ => One()).ToArray();
            past.Add(chain);
            return chain;
        }

        public void Remember(IReadOnlyList<NewTransfer> chain, IReadOnlyList<Transfer> made)
        {
            for (var index = 0; index < chain.Count; index++)
                if (made[index].State == TransferState.Pending && !holds.Any(hold => hold.Held.Id == made[index].Id)) holds.Add((chain[index], made[index]));
        }

        public (NewTransfer Wanted, Transfer Held)? TakeHeld()
        {
            if (holds.Count == 0) return null;
            var taken = holds[Random.Next(holds.Count)];
            holds.Remove(taken);
            return taken;
        }

        private NewTransfer One()
        {
            var (first, second) = (Random.NextInt64(1, 400), Random.NextInt64(1, 200));
            Leg[] legs = Random.Next(6) switch
            {
                0 => [Leg.Debit(Code("bank"), Duc(first)), Leg.Credit(Code("a"), Duc(first))],
                1 => [Leg.Debit(Code("bank"), Duc(first + second)), Leg.Credit(Code("a"), Duc(first)), Leg.Credit(Code("b"), Duc(second))],
                2 => [Leg.Debit(Code("a"), Duc(first)), Leg.Credit(Code("b"), Duc(first))],
                3 => [Leg.Debit(Code("b"), Duc(first)), Leg.Credit(Code("a"), Duc(first))],
                4 => [Leg.Debit(Code("a"), Duc(first)), Leg.Credit(Code("bank"), Duc(first)), Leg.Debit(Code("x"), Usd(second)), Leg.Credit(Code("y"), Usd(second))],
                _ => [Leg.Debit(Code("y"), Usd(first)), Leg.Credit(Code(Random.Next(20) == 0 ? "a" : "x"), Usd(first))],
            };
            return new NewTransfer { Key = $"h{Number}:{keys++}", Legs = legs, IsPending = Random.Next(4) == 0 };
        }

        private string Code(string name) => $"h{Number}:{name}";
    }
}
