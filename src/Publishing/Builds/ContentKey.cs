using System.Security.Cryptography;
using System.Text;
using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

namespace Rialto.Publishing;

/// <summary>Names everything a site is a function of: two builds with the same name would make the same files.</summary>
internal static class ContentKey
{
    // A new version of any part that makes sites makes other sites.
    private static readonly string Program = string.Join(' ', new[] { typeof(SitePipeline), typeof(FactsJson), typeof(SecretsModule), typeof(ContentKey) }.Select(type => type.Module.ModuleVersionId.ToString("N")));

    /// <summary>The name.</summary>
    /// <param name="tree">What was opened.</param>
    /// <param name="site">For which site.</param>
    /// <param name="blocks">Whether secrets hold it back.</param>
    /// <param name="address">Where it will stand.</param>
    /// <param name="today">Facts tell how long ago things were, in days.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<string> OfAsync(ISourceTree tree, SiteInfo site, bool blocks, Uri address, DateOnly today, CancellationToken cancel)
    {
        var words = new StringBuilder();
        words.AppendJoin('\n', Program, tree.Identity.Commit, tree.Identity.WebUrl, tree.Identity.Ref, tree.Identity.DefaultBranch, site.Theme, blocks, address, today.DayNumber).Append('\n');
        foreach (var tag in await tree.TagsAsync(cancel)) words.Append(tag.Name).Append(' ').Append(tag.Commit).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString())));
    }
}
