namespace Rialto.Sites;

/// <summary>Names of elements. Those a document chooses get a prefix, so that none can stand for a part of the site's frame or a global of its scripts.</summary>
internal static class Identifiers
{
    public const string Prefix = "user-content-";

    /// <summary>A document's own id as it stands in the page: prefixed once, without white space.</summary>
    public static string User(string id)
    {
        var clean = string.Concat(id.Where(one => !char.IsWhiteSpace(one) && !char.IsControl(one)));
        return clean.StartsWith(Prefix, StringComparison.Ordinal) ? clean : Prefix + clean;
    }
}
