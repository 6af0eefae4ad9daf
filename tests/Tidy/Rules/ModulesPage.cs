using System.Text;

namespace Rialto.Tidy;

/// <summary>The generated page <c>docs/modules.md</c>: who uses whom, read from the project files.</summary>
internal static class ModulesPage
{
    public const string Path = "docs/modules.md";

    public static string Write(House house)
    {
        var projects = house.Projects.Where(project => project.IsProduct).OrderByDescending(project => Floors.Of(project.Name)).ThenBy(project => project.Name, StringComparer.Ordinal).ToArray();
        var page = new StringBuilder("# Modules\n\nGenerated from the project files by `./rialto tidy --write`; a test fails when it is not true.\n\n");
        page.Append("| module | floor | what it is for | uses | packages |\n| --- | ---: | --- | --- | --- |\n");
        foreach (var project in projects)
            page.Append($"| [{project.Name}](../{project.Folder}) | {Floors.Of(project.Name)} | {Purpose(house, project)} | {Join(project.Uses)} | {Join(project.Packages)} |\n");
        page.Append("\n```mermaid\nflowchart TD\n");
        foreach (var project in projects)
            foreach (var used in Direct(project, projects)) page.Append($"  {project.Name} --> {used}\n");
        return page.Append("```\n\nThe picture leaves out what follows from its other arrows.\n").ToString();
    }

    // The first sentence of the module's README.
    private static string Purpose(House house, Project project)
    {
        if (!house.Has(project.Folder + "/README.md")) return "";
        var line = house.Text(project.Folder + "/README.md").Split('\n').Skip(1).FirstOrDefault(line => line.Trim().Length > 0 && !line.StartsWith('#'))?.Trim() ?? "";
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return (end > 0 ? line[..end] : line.TrimEnd('.')).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Direct(Project project, Project[] all)
    {
        var byName = all.ToDictionary(other => other.Name);
        return project.Uses.Where(used => !project.Uses.Any(other => other != used && Reaches(other, used)));

        bool Reaches(string from, string to) => byName.TryGetValue(from, out var other) && (other.Uses.Contains(to) || other.Uses.Any(next => Reaches(next, to)));
    }

    private static string Join(IReadOnlyList<string> names) => names.Count == 0 ? "–" : string.Join(", ", names);
}
