using Npgsql;

namespace Rialto.Bench;

/// <summary>pgbench's TPC-B-like transaction (three updates, a read, an insert, a commit) on the same server: what a row-at-a-time ledger would do.</summary>
internal sealed class PgBench(string program, string owner)
{
    /// <summary>Where Debian and others put it; null when it is not on this machine.</summary>
    public static string? Find() =>
        Child.Locate("pgbench") ?? (Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin", "pgbench")).FirstOrDefault(File.Exists) : null);

    /// <summary>Makes its tables: <paramref name="scale"/> branches, 100,000 accounts each.</summary>
    public Task InitializeAsync(int scale, CancellationToken cancel) => RunAsync(["-i", "-q", "-s", $"{scale}"], cancel);

    /// <summary>Runs so many transactions in all, from so many clients, prepared.</summary>
    public Task<Sample> TransactionsAsync(int transactions, int clients, CancellationToken cancel) =>
        RunAsync(["-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-t", $"{transactions / clients}"], cancel);

    private Task<Sample> RunAsync(string[] options, CancellationToken cancel)
    {
        var address = new NpgsqlConnectionStringBuilder(owner);
        var environment = new Dictionary<string, string> { ["PGPASSWORD"] = address.Password ?? "" };
        return Child.RunAsync(null, program, [.. options, "-h", address.Host!, "-p", $"{address.Port}", "-U", address.Username!, address.Database!], environment, cancel);
    }
}
