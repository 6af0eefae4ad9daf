namespace Rialto.Tidy;

/// <summary>The floors of ARCHITECTURE.md: a module uses what stands on its floor or below, and nothing goes in circles.</summary>
internal static class Floors
{
    private static readonly string[][] ByFloor =
    [
        ["Kernel"],
        ["Identity", "Ledger", "Trust", "Gateway"],
        ["Repositories", "Secrets", "Analysis", "Media", "Sites", "Publishing"],
        ["Payments", "Billing", "Partners"],
        ["Orders", "Collaboration", "Community", "Gallery", "Market", "Logistics"],
        ["Agents", "Workflows", "Connectors"],
        ["Compliance", "Insights", "Security"],
        ["Portal", "Server", "Cli"],
    ];

    public static int? Of(string module) => Array.FindIndex(ByFloor, floor => floor.Contains(module)) is >= 0 and var floor ? floor : null;

    public static IEnumerable<Finding> Check(IReadOnlyList<Project> projects)
    {
        var product = projects.Where(project => project.IsProduct).ToDictionary(project => project.Name);
        foreach (var project in product.Values)
        {
            if (Of(project.Name) is not { } floor)
            {
                yield return At(project, $"{project.Name} stands on no floor.", "give it a floor in Floors.cs and ARCHITECTURE.md");
                continue;
            }
            foreach (var used in project.Uses.Where(used => Of(used) > floor))
                yield return At(project, $"{project.Name} (floor {floor}) uses {used} (floor {Of(used)}) above it.", "announce an event and let the higher module react");
            if (Circle(project.Name, product) is { } circle)
                yield return At(project, $"{string.Join(" → ", circle)} is a circle.", "move what both need to the lower of them");
        }
    }

    private static IReadOnlyList<string>? Circle(string start, Dictionary<string, Project> projects)
    {
        var path = new List<string> { start };
        return Visit(start, []) ? path : null;

        bool Visit(string name, HashSet<string> seen)
        {
            foreach (var used in projects.TryGetValue(name, out var project) ? project.Uses : [])
            {
                path.Add(used);
                if (used == start || seen.Add(used) && Visit(used, seen)) return true;
                path.RemoveAt(path.Count - 1);
            }
            return false;
        }
    }

    private static Finding At(Project project, string reason, string fix) => new(project.Path, 1, "floors", reason, fix);
}
