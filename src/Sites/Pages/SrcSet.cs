namespace Rialto.Sites;

/// <summary>Values of <c>srcset</c>.</summary>
internal static class SrcSet
{
    /// <summary>A list relative to the site's root, with each address as a page writes it.</summary>
    public static string Relative(string srcset, Func<string, string> href) =>
        string.Join(", ", srcset.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(candidate =>
            candidate.IndexOf(' ') is > 0 and var space ? href(candidate[..space]) + candidate[space..] : href(candidate)));
}
