using System.Security.Cryptography;
using System.Text;

namespace Rialto.Publishing;

/// <summary>Labels of previews: the branch's own name where that is a label already, with a few digits of its hash where it is not, so that two branches never share one.</summary>
internal static class PreviewLabel
{
    // With "--" and the longest name of a site it fits into one label of a host.
    private const int Longest = 20, HashDigits = 6, CommitDigits = 12;

    /// <summary>Label of a branch.</summary>
    public static string OfBranch(string branch)
    {
        var slug = Slug.Of(branch, Longest);
        if (slug == branch && !IsLikeCommit(slug)) return slug;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(branch)))[..HashDigits];
        return (Slug.Of(branch, Longest - HashDigits - 1) + "-" + hash).TrimStart('-');
    }

    /// <summary>Label of a commit.</summary>
    public static string OfCommit(string commit) => commit[..Math.Min(CommitDigits, commit.Length)];

    private static bool IsLikeCommit(string label) => label.Length == CommitDigits && label.All(char.IsAsciiHexDigitLower);
}
