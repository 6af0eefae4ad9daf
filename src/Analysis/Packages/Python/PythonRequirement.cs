using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>A requirement as PEP 508 writes it.</summary>
internal static class PythonRequirement
{
    /// <summary>Name and version part of a line, or null when the line is none (an option, a comment, a path).</summary>
    public static (string Name, string Requirement)? Parse(string line)
    {
        line = line.Split(" #")[0].Trim();
        if (line.Length == 0 || line[0] is '#' or '-' or '.' or '/') return null;
        var match = Pattern.Match(line.Split(';')[0].Trim());
        return match.Success ? (match.Groups[1].Value, match.Groups[2].Value.Trim(' ', '(', ')')) : null;
    }

    /// <summary>PEP 503: lower case, runs of <c>-_.</c> as one dash.</summary>
    public static string Normalise(string name) => Separators.Replace(name, "-").ToLowerInvariant();

    private static readonly LinearPattern Pattern = new(@"^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*((?:\(?\s*(?:[<>=!~]=?|===|@).*)?)$");

    private static readonly LinearPattern Separators = new("[-_.]+");
}
