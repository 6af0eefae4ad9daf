using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Ledger;

// A writer made to be killed: pays a ducat cent from the bank to wallets, with keys 0, 1, 2, …, and says each key once its payment was answered.
// Arguments: the three connection strings, the organisation, how many callers.
await using var database = await Database.OpenAsync(new DatabaseAddress(args[0], args[1], args[2]), [LedgerModule.Schema]);
var services = new ServiceCollection().AddLogging().AddSingleton(database).AddLedger().BuildServiceProvider();
var ledger = services.GetRequiredService<ILedger>();
var tenant = new TenantId(Guid.Parse(args[3]));
var next = -1;
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[4])).Select(async _ =>
{
    while (true)
    {
        var number = Interlocked.Increment(ref next);
        await ledger.SubmitAsync(tenant, [NewTransfer.Of($"pay:{number}", "bank", number % 2 == 0 ? "ada" : "bob", new Money(1, Currency.Ducat))]);
        lock (Console.Out) Console.WriteLine(number);
    }
}));
