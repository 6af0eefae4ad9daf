using System.Collections.Concurrent;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories;
using Rialto.Secrets.Allowing;
using Rialto.Secrets.Redacting;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;

namespace Rialto.Secrets;

/// <summary>Scans a tree in two passes: what the rules find, and then wherever else the same secrets stand.</summary>
internal sealed class SecretScanner(AllowList? extra = null) : ISecretScanner
{
    private const int ScannedMessages = 1000;
    private readonly Lazy<Placeholders> placeholders = new(Placeholders.ForInstallation);
    private readonly ConcurrentBag<Redactor> scans = [];

    /// <inheritdoc/>
    public async Task<SecretScan> ScanAsync(ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        progress?.Report("Looking for secrets");
        var redactor = new Redactor(RuleBook.Default, placeholders.Value, await AllowedAsync(tree, cancel));
        var found = new ConcurrentBag<(SecretFinding Finding, SecretRule Rule, string Secret)>();
        await ForEachFileAsync(tree, (entry, bytes) => Scan(redactor, entry.Path, bytes, found), cancel);
        foreach (var entry in tree.Entries) Report(redactor, entry.Path, entry.Path, Encoding.UTF8, found);
        foreach (var commit in await tree.LogAsync(ScannedMessages, cancel)) Report(redactor, "commit:" + commit.Id, commit.Message, Encoding.UTF8, found);
        foreach (var tag in await tree.TagsAsync(cancel)) Report(redactor, "tag:" + tag.Commit, tag.Name, Encoding.UTF8, found);

        foreach (var (_, rule, secret) in found) redactor.Known.Add(rule, secret);
        var contents = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        if (!found.IsEmpty)
            await ForEachFileAsync(tree, (entry, bytes) => { if (Cleaned(redactor, entry.Path, bytes) is { } content) contents[entry.Path] = content; }, cancel);
        if (!redactor.Known.IsEmpty) scans.Add(redactor);
        var findings = found.Select(item => item.Finding with { Path = redactor.Clean(item.Finding.Path, "") ?? item.Finding.Path })
            .OrderBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column);
        return new SecretScan([.. findings], new RedactedTree(tree, redactor, contents));
    }

    /// <inheritdoc/>
    public string Redact(string text)
    {
        foreach (var scan in scans) text = scan.Clean(text, "") ?? text;
        return new Redactor(RuleBook.Default, placeholders.Value, AllowList.Empty).Clean(text, "") ?? text;
    }

    private async Task<AllowList> AllowedAsync(ISourceTree tree, CancellationToken cancel)
    {
        var own = tree.Find(AllowList.FileName) is { IsFile: true } file ? AllowList.Parse((await tree.ReadAsync(file, cancel)).Span, AllowList.FileName) : AllowList.Empty;
        return new AllowList([.. own.Allow, .. extra?.Allow ?? []]);
    }

    private static Task ForEachFileAsync(ISourceTree tree, Action<SourceEntry, ReadOnlyMemory<byte>> act, CancellationToken cancel) =>
        Parallel.ForEachAsync(tree.Entries.Where(entry => entry.Kind is not SourceEntryKind.Submodule), cancel, async (entry, token) =>
        {
            try
            {
                act(entry, await tree.ReadAsync(entry, token));
            }
            catch (Refusal unreadable) when (unreadable.Code is "repository.file_too_large" or "repository.object_missing")
            {
                // Nobody else can read it either, so nothing of it can be published.
            }
        });

    private static void Scan(Redactor redactor, string path, ReadOnlyMemory<byte> bytes, ConcurrentBag<(SecretFinding, SecretRule, string)> found)
    {
        if (FileText.EncodingOf(bytes.Span) is { } encoding) Report(redactor, path, encoding.GetString(bytes.Span), encoding, found);
    }

    private static void Report(Redactor redactor, string path, string text, Encoding encoding, ConcurrentBag<(SecretFinding, SecretRule, string)> found)
    {
        var (line, lineStart, counted) = (1, 0, 0);
        foreach (var hit in redactor.Find(text, path))
        {
            for (; text.AsSpan(counted, hit.Start - counted).IndexOf('\n') is >= 0 and var next; counted = lineStart) (line, lineStart) = (line + 1, counted + next + 1);
            var before = text[lineStart..hit.Start];
            var column = 1 + (encoding == Encoding.Latin1 ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(before)) : before).Length;
            var secret = text.Substring(hit.Start, hit.Length);
            found.Add((new SecretFinding(hit.Rule.Id, hit.Rule.Description, path, line, column, Placeholders.Mask(secret), redactor.PlaceholderOf(hit, text)), hit.Rule, secret));
        }
    }

    private static byte[]? Cleaned(Redactor redactor, string path, ReadOnlyMemory<byte> bytes) =>
        FileText.EncodingOf(bytes.Span) is { } encoding && redactor.Clean(encoding.GetString(bytes.Span), path) is { } clean ? encoding.GetBytes(clean) : null;
}
