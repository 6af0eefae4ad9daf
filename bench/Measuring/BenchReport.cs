using System.Text.Json.Serialization;

namespace Rialto.Bench;

/// <summary>The JSON file of a run.</summary>
internal sealed record BenchReport(
    string Name, bool Quick, Machine Machine, IReadOnlyList<Result> Results, IReadOnlyList<RatioFact> Ratios, IReadOnlyList<ValueFact> Values, IReadOnlyList<string> Missing);

/// <summary>A median of ours divided by a peer's: below 1 we are quicker.</summary>
/// <param name="CpuRatio">The same of processor times; 0 when not known.</param>
internal sealed record RatioFact(string Ours, string Peer, double Ratio, double CpuRatio = 0);

/// <summary>A number that is not a time.</summary>
internal sealed record ValueFact(string What, double Number, string Unit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
