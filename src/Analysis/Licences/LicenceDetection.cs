using Rialto.Kernel;
using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>
/// The licence of a project. Its licence files decide; manifests, the README and headers of source files decide only where
/// there are none, choose between «only» and «or later», and tell whether several licences are a choice.
/// </summary>
internal static class LicenceDetection
{
    private const int HeadersRead = 24;
    private const int HeaderBytes = 4096;

    /// <summary>The licence, or null when nothing in the repository states one.</summary>
    /// <param name="tree">The commit.</param>
    /// <param name="packages">Packages the repository defines, for what their manifests state.</param>
    /// <param name="cancel">Stops the work.</param>
    public static async Task<LicenceFacts?> DetectAsync(ISourceTree tree, IReadOnlyList<PackageFacts> packages, CancellationToken cancel = default)
    {
        var commit = tree.Identity.Commit;
        var readme = await ReadmeLicence.ReadAsync(tree, cancel);
        var stated = packages.Where(p => !p.IsAuxiliary && !string.IsNullOrWhiteSpace(p.Licence)).OrderBy(p => p.Manifest.Count(c => c == '/')).ToList();
        var entries = LicencePaths.Find(tree);
        if (entries.Count > 0)
        {
            var files = new List<LicenceFile>();
            foreach (var entry in entries)
            {
                var text = LicenceWords.Decode((await tree.ReadAsync(entry, cancel)).Span);
                var found = LicenceRecognition.Recognise(text, LicenceLibrary.Default);
                files.Add(new LicenceFile(entry.Path, found.Expression, Math.Round(found.Confidence, 3)));
            }
            var context = string.Join('\n', stated.Select(p => p.Licence).Append(readme?.Text));
            var expression = LicenceComposition.Combine(files, context);
            expression = await WithLaterVersionsAsync(expression, context, tree, cancel);
            return Facts(AsManifestSays(expression, stated), files, [.. files.Select(f => new Evidence(f.Path, 1, commit))]);
        }
        foreach (var package in stated)
            if (Named(package.Licence!) is { } named) return Facts(named, [], [package.Evidence]);
        if (readme?.Expression is { } said) return Facts(said, [], [new Evidence(readme.Path, readme.Line, commit)]);
        return await FromHeadersAsync(tree, cancel) is { } header ? Facts(header.Expression, [], [header.Evidence]) : null;
    }

    private static string? Named(string licence) =>
        SpdxExpression.Parse(licence, LicenceLibrary.Default) ?? (licence.StartsWith("SEE ", StringComparison.OrdinalIgnoreCase) || licence == "UNLICENSED" ? null : LicenceNames.InSentence(licence));

    /// <summary>A manifest that combines just the licences of the files knows best how they combine.</summary>
    private static string AsManifestSays(string expression, List<PackageFacts> stated)
    {
        var ids = SpdxExpression.Licences(expression).Select(WithoutVersionRange).Order().ToList();
        foreach (var package in stated)
            if (SpdxExpression.Parse(package.Licence!, LicenceLibrary.Default) is { } parsed && SpdxExpression.Licences(parsed).Select(WithoutVersionRange).Order().SequenceEqual(ids))
                return parsed;
        return expression;
    }

    private static string WithoutVersionRange(string id) => id.Replace("-or-later", "-only");

    /// <summary>The text of a GNU licence is the same for «only» and «or later»; the notice beside it tells.</summary>
    private static async Task<string> WithLaterVersionsAsync(string expression, string context, ISourceTree tree, CancellationToken cancel)
    {
        if (!expression.Contains("GPL-", StringComparison.Ordinal) || !expression.Contains("-only", StringComparison.Ordinal)) return expression;
        var isLater = LicenceNames.PermitsLater(context);
        if (!isLater)
            await foreach (var (_, header) in HeadersAsync(tree, cancel))
                if (isLater = header.Contains("GPL", StringComparison.OrdinalIgnoreCase) && LicenceNames.PermitsLater(header) || header.Contains("General Public License") && LicenceNames.PermitsLater(header)) break;
        return isLater ? expression.Replace("GPL-3.0-only", "GPL-3.0-or-later").Replace("GPL-2.1-only", "GPL-2.1-or-later").Replace("GPL-2.0-only", "GPL-2.0-or-later") : expression;
    }

    private static async Task<(string Expression, Evidence Evidence)?> FromHeadersAsync(ISourceTree tree, CancellationToken cancel)
    {
        await foreach (var (entry, header) in HeadersAsync(tree, cancel))
            if (Identifier.Match(header) is { Success: true } match && SpdxExpression.Parse(match.Groups[1].Value.Trim(), LicenceLibrary.Default) is { } expression)
                return (expression, new Evidence(entry.Path, header.AsSpan(0, match.Index).Count('\n') + 1, tree.Identity.Commit));
        return null;
    }

    /// <summary>The beginnings of a few source files.</summary>
    private static async IAsyncEnumerable<(SourceEntry Entry, string Header)> HeadersAsync(ISourceTree tree, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var sources = tree.Entries.Where(e => e.IsFile && e.Bytes is > 0 and < 256 * 1024 && IsSource(e.FileName) && !SourcePaths.IsVendored(e.Path)).Take(HeadersRead);
        foreach (var entry in sources)
        {
            var content = await tree.ReadAsync(entry, cancel);
            yield return (entry, LicenceWords.Decode(content.Span[..Math.Min(content.Length, HeaderBytes)]));
        }
    }

    private static bool IsSource(string fileName) =>
        LanguageCatalogue.WithExtensionOf(fileName.ToLowerInvariant()) is [{ Type: LanguageType.Programming }, ..];

    private static LicenceFacts Facts(string expression, IReadOnlyList<LicenceFile> files, IReadOnlyList<Evidence> evidence)
    {
        var library = LicenceLibrary.Default;
        var ids = SpdxExpression.Licences(expression);
        return new LicenceFacts
        {
            Expression = expression,
            Name = string.Join(expression.Contains(" OR ", StringComparison.Ordinal) ? " or " : " and ", ids.Select(id => LicenceDisplayName.Of(id, library))),
            IsOsiApproved = ids.All(id => library.Find(id.TrimEnd('+')) is { IsOsiApproved: true }),
            Files = files,
            Evidence = evidence,
        };
    }

    private static readonly LinearPattern Identifier = new(@"SPDX-License-Identifier:[ \t]*([A-Za-z0-9 ().+:-]+)");
}
