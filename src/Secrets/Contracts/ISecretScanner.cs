using Rialto.Repositories;

namespace Rialto.Secrets;

/// <summary>Finds credentials in a commit and hides them before anything else reads it.</summary>
public interface ISecretScanner
{
    /// <summary>Scans files, file names and the messages of the newest commits.</summary>
    Task<SecretScan> ScanAsync(ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default);

    /// <summary>Replaces every secret in free text (a log line, an error, a commit message) by its placeholder.</summary>
    string Redact(string text);
}

/// <summary>What a scan found, and the same tree without it.</summary>
/// <param name="Findings">Every hit, in order of path and line. Never holds the secret itself.</param>
/// <param name="Tree">The tree as everything else may see it: contents, names and messages redacted by stable placeholders.</param>
public sealed record SecretScan(IReadOnlyList<SecretFinding> Findings, ISourceTree Tree);

/// <param name="Rule">Stable rule id, for example <c>aws-access-key-id</c>.</param>
/// <param name="Description">What was found, in words.</param>
/// <param name="Path">File, or <c>commit:&lt;id&gt;</c> for a message.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column in UTF-16 units.</param>
/// <param name="Masked">At most the first four characters, then dots.</param>
/// <param name="Placeholder">What stands in its place: <c>[redacted:rule:8 hex digits]</c>, equal for equal secrets.</param>
public sealed record SecretFinding(string Rule, string Description, string Path, int Line, int Column, string Masked, string Placeholder);
