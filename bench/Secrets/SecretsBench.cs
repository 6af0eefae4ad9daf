using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Rialto.Secrets;

namespace Rialto.Bench;

/// <summary>How well and how fast secrets are found. Strict: a hit of any rule counts against a case that one rule must not match.</summary>
internal sealed class SecretsBench : IBench
{
    public string Name => "secrets";

    public string Summary => "secrets: precision, recall, F1 and megabytes per second";

    public Task RunAsync(Bench bench, CancellationToken cancel)
    {
        if (Cases(bench.Home) is { } file) Judge(bench, file);
        Speed(bench);
        return Task.CompletedTask;
    }

    private static string? Cases(string home)
    {
        for (var folder = new DirectoryInfo(home); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "secret-cases.json") is var path && File.Exists(path)) return path;
        return null;
    }

    private static void Judge(Bench bench, string file)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(file));
        double found = 0, missed = 0, wrong = 0;
        var byRule = new Dictionary<string, int>();
        foreach (var entry in cases.RootElement.EnumerateArray())
        {
            var hit = SecretsModule.HoldsSecret(Encoding.UTF8.GetString(entry.GetProperty("text_base64").GetBytesFromBase64()));
            var expected = entry.GetProperty("expect").GetString() == "match";
            if (hit && expected) found++;
            else if (expected) missed++;
            else if (hit) wrong++;
            if (hit != expected) byRule[entry.GetProperty("rule").GetString()!] = byRule.GetValueOrDefault(entry.GetProperty("rule").GetString()!) + 1;
        }
        var (precision, recall) = (found / (found + wrong), found / (found + missed));
        bench.Value("precision", precision, "");
        bench.Value("recall", recall, "");
        bench.Value("F1", 2 * precision * recall / (precision + recall), "");
        foreach (var (rule, count) in byRule.OrderByDescending(pair => pair.Value).Take(5)) bench.Value($"mistaken, {rule}", count, "cases");
    }

    private static void Speed(Bench bench)
    {
        const string Line = "    var result = compute(index, offset) ?? throw new ArgumentException(\"no such entry\"); // keeps the order of the list\n";
        var text = string.Concat(Enumerable.Repeat(Line, 100_000));
        SecretsModule.HoldsSecret(text);
        var watch = Stopwatch.StartNew();
        const int Rounds = 5;
        for (var round = 0; round < Rounds; round++) SecretsModule.HoldsSecret(text);
        bench.Value("scanning ordinary code, one core", Rounds * text.Length / 1e6 / watch.Elapsed.TotalSeconds, "MB/s");
    }
}
