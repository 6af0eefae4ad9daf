using System.Collections.Concurrent;
using System.Text;
using Rialto.Repositories;
using Rialto.Secrets.Allowing;
using Rialto.Secrets.Redacting;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;

namespace Rialto.Secrets;

/// <summary>Scans a tree in two passes: what the rules find, and then wherever else the same secrets stand.</summary>
internal sealed class SecretScanner(AllowList? extra = null) : ISecretScanner
{
    /// <summary>The history that is analysed; each message of it may be shown, so each is looked into.</summary>
    internal const int ScannedMessages = 20_000;
    private readonly Lazy<Placeholders> placeholders = new(Placeholders.ForInstallation);
    private readonly ConcurrentBag<Redactor> scans = [];

    /// <inheritdoc/>
    public async Task<SecretScan> ScanAsync(ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        progress?.Report("Looking for secrets");
        // Git reads the history while we read the files.
        var history = Task.Run(() => tree.LogAsync(ScannedMessages, cancel).AsTask(), cancel);
        var redactor = new Redactor(RuleBook.Default, placeholders.Value, await AllowedAsync(tree, cancel));
        var found = new Findings();
        var kept = new KeptContents();
        await tree.ReadEachAsync(tree.Entries, (entry, bytes) =>
        {
            if (Scan(redactor, entry.Path, bytes, found) is { } hits) found.InFiles[entry.Path] = hits;
            kept.Offer(entry, bytes);
        }, cancel);
        foreach (var entry in tree.Entries) Report(redactor, entry.Path, entry.Path, found);
        foreach (var commit in await history) Report(redactor, "commit:" + commit.Id, commit.Message, found);
        foreach (var tag in await tree.TagsAsync(cancel)) Report(redactor, "tag:" + tag.Commit, tag.Name, found);

        foreach (var (_, rule, secret) in found.All) redactor.Known.Add(rule, secret);
        var cleaned = found.All.IsEmpty ? [] : await CleanedAsync(tree, redactor, found, kept, cancel);
        if (!redactor.Known.IsEmpty) scans.Add(redactor);
        var findings = found.All.Select(item => item.Finding with { Path = redactor.Clean(item.Finding.Path, "") ?? item.Finding.Path })
            .OrderBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column);
        return new SecretScan([.. findings], new RedactedTree(tree, redactor, cleaned, kept, isClean: found.All.IsEmpty));
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

    /// <summary>Wherever else the secrets stand, also in files where no rule found them.</summary>
    private static async Task<ConcurrentDictionary<string, byte[]>> CleanedAsync(ISourceTree tree, Redactor redactor, Findings found, KeptContents kept, CancellationToken cancel)
    {
        var cleaned = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        void Clean(SourceEntry entry, ReadOnlyMemory<byte> bytes)
        {
            if (Cleaned(redactor, bytes.Span, found.InFiles.GetValueOrDefault(entry.Path) ?? []) is { } content) cleaned[entry.Path] = content;
        }
        var unread = new List<SourceEntry>();
        foreach (var entry in tree.Entries)
            if (kept.Find(entry) is { } bytes) Clean(entry, bytes);
            else unread.Add(entry);
        await tree.ReadEachAsync(unread, Clean, cancel);
        return cleaned;
    }

    private static List<Hit>? Scan(Redactor redactor, string path, ReadOnlyMemory<byte> content, Findings found)
    {
        var bytes = content.Span;
        if (!FileText.IsScanned(bytes)) return null;
        if (FileText.WideEncodingOf(bytes) is { } wide)
        {
            var text = wide.GetString(bytes);
            var inside = redactor.Find(text, path);
            Report(redactor, path, text, inside, found);
            return inside.Count > 0 ? inside : null;
        }
        var hits = redactor.Find(bytes, path);
        if (hits.Count == 0) return null;
        Report(redactor, path, Encoding.Latin1.GetString(bytes), hits, found, isLatin: true);
        return hits;
    }

    private static void Report(Redactor redactor, string path, string text, Findings found) => Report(redactor, path, text, redactor.Find(text, path), found);

    private static void Report(Redactor redactor, string path, string text, List<Hit> hits, Findings found, bool isLatin = false)
    {
        // Counted on from hit to hit: a file of one endless line is gone through once, not once for each hit.
        var (line, column, counted) = (1, 1, 0);
        foreach (var hit in hits)
        {
            var between = text.AsSpan(counted, hit.Start - counted);
            if (between.LastIndexOf('\n') is >= 0 and var last)
            {
                line += between.Count('\n');
                column = 1;
                between = between[(last + 1)..];
            }
            column += isLatin ? UnitsOf(between) : between.Length;
            counted = hit.Start;
            var secret = text.Substring(hit.Start, hit.Length);
            found.All.Add((new SecretFinding(hit.Rule.Id, hit.Rule.Description, path, line, column, Placeholders.Mask(secret), redactor.PlaceholderOf(hit, secret)), hit.Rule, secret));
        }
    }

    /// <summary>UTF-16 units of UTF-8 that stands as one letter per byte.</summary>
    private static int UnitsOf(ReadOnlySpan<char> latin) => Ascii.IsValid(latin) ? latin.Length : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin.ToArray())).Length;

    private static byte[]? Cleaned(Redactor redactor, ReadOnlySpan<byte> bytes, List<Hit> hits)
    {
        if (!FileText.IsScanned(bytes)) return null;
        if (FileText.WideEncodingOf(bytes) is not { } wide) return redactor.Without(bytes, hits);
        return redactor.Without(wide.GetString(bytes), hits) is { } clean ? wide.GetBytes(clean) : null;
    }

    /// <summary>What one scan found.</summary>
    private sealed class Findings
    {
        public ConcurrentBag<(SecretFinding Finding, SecretRule Rule, string Secret)> All { get; } = [];

        /// <summary>By path, where the rules found something in a file.</summary>
        public ConcurrentDictionary<string, List<Hit>> InFiles { get; } = new(StringComparer.Ordinal);
    }
}
