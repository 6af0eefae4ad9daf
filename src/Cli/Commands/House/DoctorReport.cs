namespace Rialto.Cli;

/// <summary>The answer of <c>rialto doctor --json</c>.</summary>
/// <param name="Ok">True when nothing required is missing.</param>
/// <param name="Parts">Every part that was looked for.</param>
internal sealed record DoctorReport(bool Ok, IReadOnlyList<PartReport> Parts);

/// <summary>One outside part.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Required">Whether nothing works without it.</param>
/// <param name="Found">Whether it is on this machine and can be used.</param>
/// <param name="Version">Its version, where it tells.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Fault">Why it cannot be used; null when it can.</param>
/// <param name="Without">What is switched off now; null when nothing is.</param>
/// <param name="Install">How to get it; null when it is there.</param>
internal sealed record PartReport(string Name, bool Required, bool Found, string? Version, string? Path, string? Fault, string? Without, string? Install);
