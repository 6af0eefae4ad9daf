using System.Text;

namespace Rialto.Analysis;

/// <summary>
/// Names the language of a file as GitHub does, in its order: modeline, file name, shebang, extension, XML declaration,
/// manual page, heuristics, classifier. Each step narrows the candidates of the ones before it.
/// </summary>
internal static class LanguageDetector
{
    /// <summary>Above this size only the name is believed; modelines are not looked for.</summary>
    private const int LargestViewableBytes = 1024 * 1024;

    /// <summary>The language, or null for an unknown, binary or empty file.</summary>
    /// <param name="path">Path in the tree.</param>
    /// <param name="content">The file's bytes; a long file may be cut after 128 kB.</param>
    public static Language? Detect(string path, ReadOnlySpan<byte> content) => Detect(path, content, LanguageClassifier.Default.Choose);

    /// <summary>Chooses among candidates by content.</summary>
    internal delegate Language? Choice(ReadOnlySpan<byte> content, IReadOnlyList<Language> candidates);

    /// <summary>As <see cref="Detect(string, ReadOnlySpan{byte})"/>, with another classifier.</summary>
    internal static Language? Detect(string path, ReadOnlySpan<byte> content, Choice choose)
    {
        if (content.IsEmpty || BinaryContent.IsBinary(content)) return null;
        content = BinaryContent.AsUtf8(content);
        var fileName = path[(path.LastIndexOf('/') + 1)..];
        var lowerName = fileName.ToLowerInvariant();
        if (content.Length <= LargestViewableBytes && Modeline.Find(content) is { } named) return named;

        var candidates = Narrow([], LanguageCatalogue.WithFileName(fileName));
        if (candidates.Count == 1) return candidates[0];
        if (Shebang.Program(content) is { } program && (candidates = Narrow(candidates, LanguageCatalogue.WithInterpreter(program))).Count == 1) return candidates[0];
        if (!LanguageCatalogue.IsGeneric(lowerName) && (candidates = Narrow(candidates, LanguageCatalogue.WithExtensionOf(lowerName))).Count == 1) return candidates[0];
        if (candidates.Count == 0 && SaysXml(content)) return LanguageCatalogue.Named("XML");
        if (candidates.Count == 0 && IsManualPage(lowerName)) candidates = [LanguageCatalogue.Named("Roff Manpage")!, LanguageCatalogue.Named("Roff")!];

        var considered = content[..Math.Min(content.Length, LanguageHeuristics.ConsideredBytes)];
        if (LanguageHeuristics.Knows(lowerName))
        {
            // The heuristics' answer stands even beside the other candidates.
            var proven = LanguageHeuristics.Match(lowerName, Encoding.Latin1.GetString(considered));
            if (proven.Count == 1) return proven[0];
            if (proven.Count > 1) candidates = proven;
        }
        return candidates.Count == 0 ? null : choose(considered, candidates) ?? candidates[0];
    }

    /// <summary>What both have; what was there when the step found nothing in common.</summary>
    private static IReadOnlyList<Language> Narrow(IReadOnlyList<Language> candidates, IReadOnlyList<Language> found)
    {
        if (candidates.Count == 0) return found;
        var common = candidates.Where(found.Contains).ToList();
        return common.Count > 0 ? common : candidates;
    }

    private static bool SaysXml(ReadOnlySpan<byte> content)
    {
        var head = content[..Math.Min(content.Length, 512)];
        var second = head.IndexOf((byte)'\n') is var first and >= 0 && head[(first + 1)..].IndexOf((byte)'\n') is var eol and >= 0 ? first + 1 + eol : head.Length;
        return head[..second].IndexOf("<?xml version="u8) >= 0;
    }

    /// <summary><c>.1</c> to <c>.9</c> with letters, <c>.0p</c>, <c>.n</c>, <c>.man</c>, <c>.mdoc</c>, each also with <c>.in</c>.</summary>
    private static bool IsManualPage(ReadOnlySpan<char> lowerName)
    {
        if (lowerName.EndsWith(".in")) lowerName = lowerName[..^3];
        var dot = lowerName.LastIndexOf('.');
        if (dot < 0) return false;
        var extension = lowerName[(dot + 1)..];
        if (extension is "0p" or "n" or "man" or "mdoc") return true;
        return extension.Length > 0 && extension[0] is >= '1' and <= '9' && (extension.Length < 2 || !char.IsAsciiDigit(extension[1]))
            && extension[1..].IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_") < 0;
    }
}
