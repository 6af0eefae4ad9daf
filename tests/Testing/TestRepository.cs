using System.Diagnostics;

namespace Rialto.Testing;

/// <summary>A throw-away Git repository made by the real <c>git</c>, deleted when disposed.</summary>
public sealed class TestRepository : IDisposable
{
    /// <summary>Folder of the work tree.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("rialto-test-").FullName;

    /// <summary>Creates an empty repository on branch <c>main</c>.</summary>
    public TestRepository() => Git("init", "--quiet", "--initial-branch=main");

    /// <summary>Writes a file (folders are made) and returns this, for chaining.</summary>
    public TestRepository Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string,string)"/>
    public TestRepository Write(string path, byte[] bytes)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    /// <summary>Commits everything as the given author and returns the commit's object name.</summary>
    public string Commit(string message = "Change", string author = "Ada Lovelace <ada@example.org>", string date = "2026-01-15T12:00:00Z")
    {
        Git("add", "--all", "--force");
        Run(new() { ["GIT_AUTHOR_DATE"] = date, ["GIT_COMMITTER_DATE"] = date }, "commit", "--quiet", "--allow-empty", "--message", message, "--author", author);
        return Git("rev-parse", "HEAD").Trim();
    }

    /// <summary>Takes in a stream as <c>git fast-import</c> reads it: thousands of commits in no time.</summary>
    public void Import(string stream)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["fast-import", "--quiet", "--force"]) { WorkingDirectory = Path, RedirectStandardInput = true })!;
        process.StandardInput.Write(stream);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("git fast-import failed");
    }

    /// <summary>Runs git in the repository and returns its output; throws with git's words when it fails.</summary>
    public string Git(params string[] arguments) => Run([], arguments);

    private string Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        start.Environment["GIT_COMMITTER_NAME"] = "Ada Lovelace";
        start.Environment["GIT_COMMITTER_EMAIL"] = "ada@example.org";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in new DirectoryInfo(Path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            file.Attributes = FileAttributes.Normal;
        Directory.Delete(Path, recursive: true);
    }
}
