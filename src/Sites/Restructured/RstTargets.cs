namespace Rialto.Sites;

/// <summary>Named targets and substitutions of one document.</summary>
internal sealed class RstTargets
{
    private readonly Dictionary<string, string> addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> substitutions = new(StringComparer.OrdinalIgnoreCase);

    public static RstTargets Collect(string text)
    {
        var result = new RstTargets();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith(".. _", StringComparison.Ordinal) && Definition(line[3..]) is { } target) result.addresses.TryAdd(target.Name, target.Address.Length > 0 ? target.Address : "#" + Anchor(target.Name));
            else if (line.StartsWith(".. |", StringComparison.Ordinal) && line.IndexOf('|', 4) is > 4 and var bar && line.IndexOf("replace::", bar, StringComparison.Ordinal) is > 0 and var at) result.substitutions.TryAdd(line[4..bar], line[(at + 9)..].Trim());
        }
        return result;
    }

    /// <summary><c>_name: address</c>.</summary>
    public static (string Name, string Address)? Definition(string head)
    {
        if (head.Length < 3 || head[0] != '_') return null;
        var quoted = head[1] == '`';
        var colon = quoted ? head.IndexOf("`:", 2, StringComparison.Ordinal) + 1 : head.IndexOf(": ", StringComparison.Ordinal) is > 0 and var spaced ? spaced : head.EndsWith(':') ? head.Length - 1 : -1;
        return colon > 1 ? (Normal(head[1..colon].Trim('`')), head[(colon + 1)..].Trim()) : null;
    }

    public string? Address(string name) => addresses.GetValueOrDefault(Normal(name));

    public string? Substitution(string name) => substitutions.GetValueOrDefault(name);

    public static string Anchor(string name) => Slugger.Slug(Normal(name).ToLowerInvariant());

    private static string Normal(string name) => Titles.Flatten(name);
}
