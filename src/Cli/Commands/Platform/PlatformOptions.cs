using System.CommandLine;
using Rialto.Server;

namespace Rialto.Cli;

/// <summary>Options that the commands of the platform share.</summary>
internal static class PlatformOptions
{
    public static Option<string?> Data() => new("--data") { Description = $"Folder of all its data; left out: {NodeOptions.UsualFolder()}" };

    public static NodeOptions Node(string? data, int port = 0) =>
        new(data is null ? NodeOptions.UsualFolder() : Path.GetFullPath(data), port, Environment.GetEnvironmentVariable("RIALTO_DATABASE"));
}
