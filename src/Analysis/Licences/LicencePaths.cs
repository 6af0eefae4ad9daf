using Rialto.Kernel;
using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>Finds the files that state a project's licence.</summary>
internal static class LicencePaths
{
    private const int LargestFileBytes = 1024 * 1024;

    /// <summary>
    /// Licence files of the root in path order; those of <c>LICENSES/</c> where the root has none that holds a text.
    /// With a licence at the root that folder (REUSE) collects the texts of everything that is kept, other people's files too.
    /// </summary>
    public static List<SourceEntry> Find(ISourceTree tree)
    {
        var files = tree.Entries.Where(e => e.IsFile && e.Bytes <= LargestFileBytes).ToList();
        var root = files.Where(e => InRoot(e.Path)).ToList();
        return root.Exists(e => e.Bytes > 200) ? root : [.. files.Where(e => InRoot(e.Path) || InFolder(e.Path))];
    }

    /// <summary>True for a file of the root whose name says that it holds a licence.</summary>
    public static bool InRoot(string path) => !path.Contains('/') && Name.IsMatch(path) && !Code.IsMatch(path) && !OthersLicences.IsMatch(path);

    /// <summary>True for a text in the root's <c>LICENSES</c> folder.</summary>
    public static bool InFolder(string path) => path.StartsWith("LICENSES/", StringComparison.OrdinalIgnoreCase) && path.IndexOf('/', 9) < 0 && path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the name tells which of several licences the file holds, as <c>LICENSE-MIT</c> does.</summary>
    public static bool IsOneOfSeveral(string path)
    {
        var name = Format.Replace(path, "");
        return Suffixed.IsMatch(name);
    }

    private static readonly LinearPattern Name = new(@"\A(?:(?:.*[-_. ])?(?:un)?licen[cs]e(?:[-_. ].*)?|copying(?:[-_. ].*)?|copyright(?:\.(?:txt|md))?|ofl(?:[-_. ].*)?|patents(?:\.(?:txt|md))?)\z", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Code = new(@"\.(?:header|jsonc?|ya?ml|toml|xml|[cm]?[jt]sx?|go|py|rb|rs|java|kt|c|h|hpp|cpp|cc|cs|php|sh|ps1|docx?|pdf|png|svg|jpe?g|tt|tmpl|template|properties|gradle|spdx|key|asc|sig)\z", RegexOptions.IgnoreCase);

    private static readonly LinearPattern OthersLicences = new(@"third[-_ .]?part|vendor|dependenc|bundled|notice|3rd", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Format = new(@"\.(?:md|markdown|txt|html?|rst|adoc)\z", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Suffixed = new(@"\A(?:(?:un)?licen[cs]e[-_.].+|.+[-_.]licen[cs]e|unlicense)\z", RegexOptions.IgnoreCase);
}
