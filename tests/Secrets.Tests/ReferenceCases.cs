using System.Text;
using System.Text.Json;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;
using Shouldly;

namespace Rialto.Secrets.Tests;

/// <summary>Recall and precision on outside cases, where they lie beside the checkout.</summary>
[Trait("category", "reference")]
public sealed class ReferenceCases
{
    private const double RecallFloor = 0.97;
    // A hit of any rule counts against a case that one rule must not match, unless what was found is part of a case that must be: then it is a secret, only of another rule.
    private const double PrecisionFloor = 0.96;

    [Fact]
    public void Recall_and_precision_stay_above_the_floor()
    {
        var file = Locate();
        Assert.SkipWhen(file is null, "reference data (shared/data/secret-cases.json) is not beside the checkout");
        using var cases = JsonDocument.Parse(File.ReadAllBytes(file!));
        var secrets = cases.RootElement.EnumerateArray().Where(entry => entry.GetProperty("expect").GetString() == "match").Select(entry => Encoding.UTF8.GetString(entry.GetProperty("text_base64").GetBytesFromBase64())).ToList();
        int found = 0, missed = 0, wrong = 0;
        foreach (var entry in cases.RootElement.EnumerateArray())
        {
            var text = Encoding.UTF8.GetString(entry.GetProperty("text_base64").GetBytesFromBase64());
            var hits = TextScan.Find(text, RuleBook.Default);
            var expected = entry.GetProperty("expect").GetString() == "match";
            if (expected && hits.Count > 0) found++;
            else if (expected) { missed++; Say("missed", entry, text, ""); }
            else if (hits.Count > 0 && !hits.TrueForAll(hit => secrets.Exists(secret => secret.Contains(text.Substring(hit.Start, hit.Length), StringComparison.Ordinal)))) { wrong++; Say("wrong", entry, text, hits[0].Rule.Id + " " + text.Substring(hits[0].Start, hits[0].Length)); }
        }
        var (recall, precision) = ((double)found / (found + missed), (double)found / (found + wrong));
        TestContext.Current.SendDiagnosticMessage($"recall {recall:0.000}, precision {precision:0.000}");
        Console.WriteLine($"recall {recall:0.000}, precision {precision:0.000}");
        recall.ShouldBeGreaterThanOrEqualTo(RecallFloor);
        precision.ShouldBeGreaterThanOrEqualTo(PrecisionFloor);
    }

    private static void Say(string what, JsonElement entry, string text, string by) =>
        Console.WriteLine($"{what} {entry.GetProperty("rule").GetString()} [{by}]: {text.ReplaceLineEndings("⏎")[..Math.Min(150, text.ReplaceLineEndings("⏎").Length)]}");

    private static string? Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "secret-cases.json") is var path && File.Exists(path)) return path;
        return null;
    }
}
