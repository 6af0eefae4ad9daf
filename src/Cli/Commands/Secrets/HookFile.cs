using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>The pre-commit hook of a repository. A hook that was there before keeps running, first.</summary>
internal sealed record HookFile(string Folder)
{
    private const string Mark = "# rialto: stops a commit that holds a secret";

    public string Path => System.IO.Path.Combine(Folder, "pre-commit");

    /// <summary>Where the hook that was there before is kept.</summary>
    public string Earlier => Path + ".before-rialto";

    public bool IsInstalled => File.Exists(Path) && File.ReadAllText(Path).Contains(Mark, StringComparison.Ordinal);

    /// <summary>Where Git looks for hooks here, <c>core.hooksPath</c> included.</summary>
    /// <exception cref="Refusal"><c>hook.not_a_repository</c></exception>
    public static async Task<HookFile> FindAsync(CancellationToken cancel)
    {
        var answer = (await ChildProcess.RunAsync(StagedTree.Git("rev-parse", "--git-path", "hooks"), cancel: cancel))
            .OrRefuse("hook.not_a_repository", "This folder is not in a Git repository; go to one and try again.");
        return new HookFile(System.IO.Path.GetFullPath(answer.OutputText.TrimEnd('\n')));
    }

    public void Install(string program)
    {
        Directory.CreateDirectory(Folder);
        if (File.Exists(Path) && !IsInstalled) File.Move(Path, Earlier, overwrite: false);
        var quoted = "'" + program.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
        File.WriteAllText(Path, $"""
            #!/bin/sh
            {Mark}
            earlier="$(dirname "$0")/pre-commit.before-rialto"
            if [ -x "$earlier" ]; then "$earlier" "$@" || exit $?; fi
            [ -x {quoted} ] || [ -f {quoted} ] || echo "rialto has moved: run rialto hook install again" >&2
            exec {quoted} hook run

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
    }

    public void Uninstall()
    {
        if (!IsInstalled) return;
        File.Delete(Path);
        if (File.Exists(Earlier)) File.Move(Earlier, Path);
    }
}
