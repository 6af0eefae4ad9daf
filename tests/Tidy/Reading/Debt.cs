namespace Rialto.Tidy;

/// <summary>Known findings that are forgiven for now, one <c>rule path</c> a line; the first line says how many there may be.</summary>
internal sealed record Debt(int Limit, IReadOnlyList<(string Rule, string Path)> Entries)
{
    public static Debt Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var limit = int.Parse(lines[0].Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        return new Debt(limit, [.. lines.Skip(1).Where(line => !line.StartsWith('#')).Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1]))]);
    }

    public bool Forgives(Finding finding) => Entries.Contains((finding.Rule, finding.Path));
}
