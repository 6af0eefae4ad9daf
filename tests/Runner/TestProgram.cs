namespace Rialto.Runner;

/// <summary>A test project and the program it builds.</summary>
/// <param name="Name">Short name: <c>Sites</c> for <c>tests/Sites.Tests</c>.</param>
/// <param name="Path">The built program.</param>
internal sealed record TestProgram(string Name, string Path)
{
    /// <summary>Every project under <c>tests/</c> that says it is one, by name.</summary>
    public static IReadOnlyList<TestProgram> FindAll(string root) =>
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsTestProject>true</IsTestProject>", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(From),
    ];

    private static TestProgram From(string project)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(project);
        var program = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(project)!, "bin", "Debug", "net10.0", "Rialto." + name);
        return new TestProgram(name.EndsWith(".Tests", StringComparison.Ordinal) ? name[..^".Tests".Length] : name, program);
    }
}
