using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>Pagefind, which makes the search index from finished pages.</summary>
/// <param name="Program">The program file: the extended build, which also cuts Chinese and Japanese into words.</param>
public sealed record PagefindProgram(string Program)
{
    /// <summary>The program inside an installed npm package folder (<c>node_modules</c>), or null when it is not there.</summary>
    public static PagefindProgram? In(string nodeModules)
    {
        var platform = (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
            + (System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "-arm64" : "-x64");
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return new[] { "pagefind_extended", "pagefind" }.Select(name => Path.Combine(nodeModules, "@pagefind", platform, "bin", name + extension)).FirstOrDefault(File.Exists) is { } found ? new PagefindProgram(found) : null;
    }
}
