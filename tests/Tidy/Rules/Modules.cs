namespace Rialto.Tidy;

/// <summary>What every module has, and what none may do.</summary>
internal static class Modules
{
    private static readonly string[] Hosts = ["Cli", "Server", "Portal"];

    public static IEnumerable<Finding> Check(House house)
    {
        foreach (var project in house.Projects)
        {
            if (!house.Has(project.Folder + "/packages.lock.json"))
                yield return At(project, "lock-file", "Without its lock file a restore may bring other packages tomorrow.", "run dotnet restore and commit packages.lock.json");
            foreach (var friend in project.Includes("InternalsVisibleTo").Where(friend => friend != $"Rialto.{project.Name}.Tests" && project.IsProduct))
                yield return At(project, "friends", $"{friend} may see its internals, so the module's boundary is no boundary.", "put what is needed into Contracts");
            if (project.IsProduct) foreach (var finding in CheckProduct(house, project)) yield return finding;
        }
        foreach (var file in house.Code.Where(file => file.IsProduct && file.Text.Contains("[assembly: InternalsVisibleTo", StringComparison.Ordinal)))
            yield return new Finding(file.Path, 1, "friends", "Who may see internals is written in the project file.", "move it there, for the module's own tests only");
    }

    private static IEnumerable<Finding> CheckProduct(House house, Project project)
    {
        if (!house.Has(project.Folder + "/README.md"))
            yield return At(project, "readme", "A stranger opens the folder and finds no word.", "write a README.md: what it is for, how the folders read, how to try it");
        if (project.Name != "Kernel" && !Hosts.Contains(project.Name) && !house.Has(project.Folder + "/Contracts"))
            yield return At(project, "contracts", "A module is used through its Contracts.", "add a Contracts folder with the public types");
        if (project.Name != "Portal" && !house.Has($"tests/{project.Name}.Tests/{project.Name}.Tests.csproj"))
            yield return At(project, "tests", "A module without tests is a promise.", $"add tests/{project.Name}.Tests");
    }

    private static Finding At(Project project, string rule, string reason, string fix) => new(project.Path, 1, rule, reason, fix);
}
