using System.Diagnostics;
using System.Globalization;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Ledger.Tests;

public sealed class KilledWriterTests(LedgerFixture fixture) : LedgerTestBed(fixture)
{
    private const int Callers = 24;

    // Each writer begins again with the same keys and is killed in the middle of its load.
    [Fact]
    public async Task A_writer_killed_under_load_loses_nothing_it_has_answered_and_nothing_is_doubled()
    {
        await Wallets(0, "ada", "bob");
        var answered = new HashSet<int>();
        foreach (var after in new[] { 40, 150, 400 })
        {
            using var node = Start();
            for (var line = 0; line < after && await node.StandardOutput.ReadLineAsync(Cancel) is { } word; line++) answered.Add(int.Parse(word, CultureInfo.InvariantCulture));
            node.Kill();
            // What it had said before it died counts as well; the last word may be cut off.
            var rest = await node.StandardOutput.ReadToEndAsync(Cancel);
            foreach (var word in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)) answered.Add(int.Parse(word, CultureInfo.InvariantCulture));
            await node.WaitForExitAsync(Cancel);
        }
        await NobodyWritesAsync();

        var keys = (await Ask<string>("select string_agg(substr(key, 5), ',') from ledger.transfers where tenant_id = $tenant and key like 'pay:%'")).Split(',').Select(int.Parse).ToArray();
        keys.ShouldBeUnique();
        answered.Except(keys).ShouldBeEmpty();
        ((await Balance("ada")).PostedMinor + (await Balance("bob")).PostedMinor).ShouldBe(keys.Length);
        (await Balance("bank")).PostedMinor.ShouldBe(keys.Length);
        var report = await In(session => Books.VerifyAsync(session, Cancel));
        report.Faults.ShouldBeEmpty();
        report.Transfers.ShouldBe(keys.Length + 2);
        (await Events()).Count(happened => happened.Name == "ledger.transfer.posted").ShouldBe(keys.Length + 2);
    }

    // The server may still be ending the killed one's last transaction: our own transfer on the same accounts waits for it.
    private Task NobodyWritesAsync() => In(session => Ledger.PostAsync(session, [NewTransfer.Of("last", "bank", "ada", Duc(1)), NewTransfer.Of("and back", "ada", "bank", Duc(1))], Cancel));

    private Process Start()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "LedgerNode", "bin", configuration, "net10.0", "Rialto.LedgerNode"));
        var address = Test.Database.Address;
        return Process.Start(new ProcessStartInfo(program, [address.Owner, address.App, address.System, Tenant.ToString(), Callers.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
    }
}
