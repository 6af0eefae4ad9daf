using System.Text.Json.Serialization;
using Rialto.Secrets;

namespace Rialto.Cli;

/// <summary>The parts of SARIF 2.1.0 that findings need; the names are the standard's.</summary>
internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs)
{
    public static SarifLog From(IReadOnlyList<SecretFinding> findings)
    {
        var rules = findings.Select(finding => (finding.Rule, finding.Description)).DistinctBy(rule => rule.Rule).ToArray();
        var indexes = rules.Select((rule, index) => (rule.Rule, index)).ToDictionary(pair => pair.Rule, pair => pair.index);
        var driver = new SarifDriver("Rialto", [.. rules.Select(rule => new SarifRule(rule.Rule, new SarifText(rule.Description)))]);
        return new SarifLog("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", [new SarifRun(new SarifTool(driver), [.. findings.Select(finding => Result(finding, indexes))])]);
    }

    private static SarifResult Result(SecretFinding finding, Dictionary<string, int> indexes)
    {
        var address = new SarifArtifact(Uri.EscapeDataString(finding.Path).Replace("%2F", "/", StringComparison.Ordinal));
        var place = new SarifLocation(new SarifPhysical(address, new SarifRegion(finding.Line, finding.Column)));
        return new SarifResult(finding.Rule, indexes[finding.Rule], "error", new SarifText($"{finding.Description} ({finding.Masked})"), [place], new() { ["secret/v1"] = finding.Placeholder });
    }
}

internal sealed record SarifRun(SarifTool Tool, IReadOnlyList<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule(string Id, SarifText ShortDescription);

internal sealed record SarifText(string Text);

internal sealed record SarifResult(string RuleId, int RuleIndex, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations, Dictionary<string, string> PartialFingerprints);

internal sealed record SarifLocation(SarifPhysical PhysicalLocation);

internal sealed record SarifPhysical(SarifArtifact ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifact(string Uri);

internal sealed record SarifRegion(int StartLine, int StartColumn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext;
