namespace Rialto.Kernel;

/// <summary>
/// The account PostgreSQL runs under. It refuses to run as root, so root drops to an account without rights;
/// anyone else runs it as themselves.
/// </summary>
/// <param name="Name">Account to change to; null to stay who we are.</param>
internal sealed record PostgresAccount(string? Name)
{
    private static readonly string[] Preferred = ["rialto", "postgres", "nobody"];

    /// <summary>The account for this process, the first that exists of <c>rialto</c>, <c>postgres</c>, <c>nobody</c> when we are root.</summary>
    /// <exception cref="Refusal"><c>database.account_missing</c> when root has nobody to become.</exception>
    public static PostgresAccount Choose()
    {
        if (Environment.UserName != "root") return new PostgresAccount((string?)null);
        var accounts = File.ReadLines("/etc/passwd").Select(line => line[..Math.Max(0, line.IndexOf(':'))]).ToHashSet();
        return Preferred.FirstOrDefault(accounts.Contains) is { } name
            ? new PostgresAccount(name)
            : throw new Refusal("database.account_missing", "PostgreSQL does not run as root; add an account for it: useradd --system rialto.", 503);
    }

    /// <summary>The command line that runs <paramref name="program"/> as this account.</summary>
    public IReadOnlyList<string> Wrap(string program, params IEnumerable<string> arguments) => Name is null
        ? [program, .. arguments]
        : ["setpriv", "--reuid", Name, "--regid", Name == "nobody" ? "nogroup" : Name, "--clear-groups", "--", program, .. arguments];

    /// <summary>Gives <paramref name="folder"/> and all below to the account, closed to everybody else.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Name is not null)
            (await ChildProcess.RunAsync(new ChildCommand("chown", "-R", $"{Name}:", folder), cancel: cancel)).OrThrow();
    }

    /// <summary>Whether the account can walk to <paramref name="path"/>. Another account sees only what is open to everybody.</summary>
    public bool Reaches(string path)
    {
        if (Name is null) return true;
        for (var folder = new DirectoryInfo(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
            if (folder.Exists && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }
}
