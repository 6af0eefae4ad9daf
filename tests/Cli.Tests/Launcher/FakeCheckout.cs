using System.Diagnostics;

namespace Rialto.Cli.Tests.Launcher;

/// <summary>
/// The real launcher and its scripts in a checkout of their own, with a stand-in for <c>dotnet</c> that notes each build and
/// "publishes" a program which prints its arguments. So the launcher's decisions are tested without minutes of building.
/// </summary>
internal sealed class FakeCheckout : IDisposable
{
    // What the launcher itself calls; a PATH with nothing else shows what happens when a tool is missing.
    private static readonly string[] Basics = ["bash", "sh", "env", "find", "mkdir", "readlink", "date", "ln", "mv", "rm", "uname", "ls", "id", "grep", "sort", "head", "tail", "cat", "flock", "sleep", "chmod"];
    private readonly TemporaryFolder folder = new();

    public FakeCheckout()
    {
        Root = Path.Combine(folder.Path, "a checkout");
        Directory.CreateDirectory(Path.Combine(Root, "scripts"));
        Directory.CreateDirectory(Tools);
        File.Copy(Path.Combine(RialtoProgram.Checkout, "rialto"), Launcher);
        foreach (var script in Directory.EnumerateFiles(Path.Combine(RialtoProgram.Checkout, "scripts"), "*.sh"))
            File.Copy(script, Path.Combine(Root, "scripts", Path.GetFileName(script)));
        Write("src/Cli/Program.cs", "one");
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" }) Write(file, "");
        foreach (var name in Basics)
            if (Programs.OnPath(name) is { } path) File.CreateSymbolicLink(Path.Combine(Tools, name), path);
        Tool("git", "exit 0");
        Dotnet("10.0.100");
    }

    public string Root { get; }

    public string Launcher => Path.Combine(Root, "rialto");

    public string Folder => folder.Path;

    /// <summary>How often it was built.</summary>
    public int Builds => File.Exists(Path.Combine(Root, "builds")) ? File.ReadAllLines(Path.Combine(Root, "builds")).Length : 0;

    private string Tools => Path.Combine(folder.Path, "tools");

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Delete(string path) => File.Delete(Path.Combine(Root, path));

    /// <summary>Puts a program on the launcher's PATH.</summary>
    public void Tool(string name, string body)
    {
        File.Delete(Path.Combine(Tools, name));
        folder.Script("tools/" + name, body);
    }

    public void RemoveTool(string name) => File.Delete(Path.Combine(Tools, name));

    /// <summary>The stand-in for the SDK. <paramref name="failure"/> makes every build fail with that line.</summary>
    public void Dotnet(string version, string failure = "") => Tool("dotnet", $$"""
        if [ "$1" = --list-sdks ]; then echo '{{version}} [/usr/share/dotnet/sdk]'; exit; fi
        echo "$*" >> '{{Root}}/builds'
        if [ -n '{{failure}}' ]; then echo '{{failure}}'; exit 1; fi
        while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
        sleep 0.3; mkdir -p "$out"
        printf '#!/bin/sh\nprintf "%%s|" "$@"\n[ "$1" != fail ] || exit 7\n' > "$out/rialto"; chmod +x "$out/rialto"
        """);

    public Task<Ran> RunAsync(params string[] arguments) => RunFromAsync(Launcher, Root, arguments);

    public Task<Ran> RunFromAsync(string program, string workingDirectory, params string[] arguments) =>
        RialtoProgram.StartAsync(program, new Dictionary<string, string?> { ["PATH"] = Tools, ["HOME"] = folder.Path, ["CI"] = null, ["RIALTO_INSTALL"] = null, ["DOTNET_ROOT"] = null }, workingDirectory, arguments);

    public void Dispose() => folder.Dispose();
}
