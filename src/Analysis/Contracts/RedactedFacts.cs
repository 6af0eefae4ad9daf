using Rialto.Secrets;

namespace Rialto.Analysis;

/// <summary>Joins what the search for secrets found with the facts of the redacted tree.</summary>
public static class RedactedFacts
{
    private const string Check = "secrets.none";

    /// <summary>The facts with <see cref="Facts.SecretsRedacted"/> set and the quality check about secrets judged by it.</summary>
    /// <param name="facts">Facts of the redacted tree.</param>
    /// <param name="findings">What the scan found.</param>
    public static Facts WithSecrets(this Facts facts, IReadOnlyList<SecretFinding> findings)
    {
        if (findings.Count == 0) return facts;
        var places = findings.Take(3).Select(finding => new Evidence(finding.Path, finding.Line, facts.Repository.Commit)).ToList();
        var checks = facts.Quality.Checks.Select(check => check.Id != Check ? check
            : check with { Passed = false, Evidence = places, Fix = "Revoke what ./rialto secrets lists and remove it from the history." }).ToList();
        return facts with { SecretsRedacted = findings.Count, Quality = new(checks.Where(check => check.Passed).Sum(check => check.Weight), checks) };
    }
}
