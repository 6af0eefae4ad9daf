using System.Diagnostics;

namespace Rialto.Bench;

/// <summary>A folder with a repository's files, deleted when done.</summary>
internal sealed class Checkout : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rialto-bench-").FullName;

    public static Checkout Of(string repository)
    {
        var folder = new Checkout();
        Shell(folder.Path, $"git -C \"$1\" archive HEAD | tar -x", repository);
        return folder;
    }

    public static Checkout Made(int files)
    {
        var folder = new Checkout();
        File.WriteAllText(System.IO.Path.Combine(folder.Path, "README.md"), "# Many files\n\nA repository of many files.\n");
        for (var i = 0; i < files; i++)
        {
            var (name, text) = (i % 4) switch
            {
                0 => ("h", $"#include <stdio.h>\nint f{i}(void);\n"),
                1 => ("py", $"def f{i}():\n    return {i}\n"),
                2 => ("ts", $"export const f{i} = (): number => {i};\n"),
                _ => ("md", $"# Page {i}\n\nText of page {i}.\n"),
            };
            var path = System.IO.Path.Combine(folder.Path, $"part{i % 50}", $"file{i}.{name}");
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text + string.Concat(Enumerable.Repeat("\n", i % 40)));
        }
        Shell(folder.Path, "git init -q && git add -A && git -c user.name=Ada -c user.email=ada@example.org commit -q -m Files");
        return folder;
    }

    private static void Shell(string folder, string script, params string[] arguments)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script, "sh", .. arguments]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        if (shell.ExitCode != 0) throw new InvalidOperationException($"{script} ended with {shell.ExitCode}.");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
