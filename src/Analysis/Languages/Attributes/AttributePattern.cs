using System.Text;
using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>
/// A path pattern of <c>.gitattributes</c>: without a slash it matches the file name at any depth, with one the whole path
/// below the file's folder; <c>*</c> and <c>?</c> stop at slashes, <c>**</c> does not. A pattern that ends in a slash matches nothing.
/// </summary>
internal sealed class AttributePattern
{
    private readonly string folder;
    private readonly bool nameOnly;
    private readonly string? literal;
    private readonly LinearPattern? regex;

    /// <param name="pattern">As written, unquoted.</param>
    /// <param name="folder">Folder of the attributes file with a slash at its end; empty at the root.</param>
    public AttributePattern(string pattern, string folder)
    {
        this.folder = folder;
        nameOnly = !pattern.Contains('/');
        if (pattern.StartsWith('/')) pattern = pattern[1..];
        if (pattern.AsSpan().IndexOfAny("*?[\\") < 0) literal = pattern;
        else regex = new LinearPattern(ToRegex(pattern), RegexOptions.Singleline);
    }

    public bool Matches(string path)
    {
        if (!path.StartsWith(folder, StringComparison.Ordinal)) return false;
        var subject = path.AsSpan(nameOnly ? path.LastIndexOf('/') + 1 : folder.Length);
        return literal is not null ? subject.SequenceEqual(literal) : regex!.IsMatch(subject);
    }

    /// <summary>Git's wildmatch as a regular expression.</summary>
    private static string ToRegex(string pattern)
    {
        var text = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when IsDoubleStar(pattern, i):
                    // `a/**` everything below; `**/` and `/**/` any number of folders, none as well.
                    i += 2;
                    text.Append(i >= pattern.Length ? ".+" : "(?:.*/)?");
                    break;
                case '*':
                    while (i + 1 < pattern.Length && pattern[i + 1] == '*') i++;
                    text.Append("[^/]*");
                    break;
                case '?':
                    text.Append("[^/]");
                    break;
                case '[' when BracketClass.Read(pattern, i) is { } bracket:
                    text.Append(bracket.Regex);
                    i = bracket.End;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    text.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    text.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }
        return text.Append(@"\z").ToString();
    }

    private static bool IsDoubleStar(string pattern, int at) =>
        at + 1 < pattern.Length && pattern[at + 1] == '*'
        && (at == 0 || pattern[at - 1] == '/') && (at + 2 == pattern.Length || pattern[at + 2] == '/');
}
