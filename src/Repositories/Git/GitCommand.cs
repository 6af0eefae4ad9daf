using Rialto.Kernel;

namespace Rialto.Repositories.Git;

/// <summary>
/// The one way this module calls Git: nothing of the user's, the system's or the source's configuration is read, nothing is
/// asked on a terminal, and no program named by a repository can run.
/// </summary>
internal static class GitCommand
{
    private const string Nothing = "/dev/null";

    private static readonly (string Key, string Value)[] Settings =
    [
        ("core.hooksPath", Nothing),
        ("core.fsmonitor", "false"),
        ("core.attributesFile", Nothing),
        ("core.excludesFile", Nothing),
        ("core.pager", "cat"),
        ("core.askPass", ""),
        ("credential.helper", ""),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("submodule.recurse", "false"),
        ("fetch.recurseSubmodules", "false"),
        ("log.showSignature", "false"),
        ("i18n.logOutputEncoding", "UTF-8"),
        ("protocol.allow", "never"),
        ("uploadpack.packObjectsHook", ""),
    ];

    /// <summary>A command that reads the repository in <paramref name="gitDirectory"/>, which must be one of ours.</summary>
    public static ChildCommand For(string gitDirectory, params IReadOnlyList<string> arguments) =>
        Bare(["--git-dir", gitDirectory, .. arguments]);

    /// <summary>A command outside any repository.</summary>
    public static ChildCommand Bare(IReadOnlyList<string> arguments, IEnumerable<(string Key, string Value)>? settings = null, string protocols = "") =>
        new("git", ["--no-pager", "--no-replace-objects", "--literal-pathspecs", .. arguments])
        {
            Environment = Environment([.. Settings, .. settings ?? []], protocols),
            InstallHint = "apt-get install git",
        };

    private static Dictionary<string, string?> Environment((string Key, string Value)[] settings, string protocols)
    {
        var environment = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_SYSTEM"] = Nothing,
            ["GIT_CONFIG_GLOBAL"] = Nothing,
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ASKPASS"] = "false",
            ["SSH_ASKPASS"] = "false",
            ["GIT_ALLOW_PROTOCOL"] = protocols.Length > 0 ? protocols : "none",
            ["GIT_NO_LAZY_FETCH"] = "1",
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["GIT_DISCOVERY_ACROSS_FILESYSTEM"] = "0",
            ["GIT_CEILING_DIRECTORIES"] = "/",
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_COUNT"] = settings.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        for (var index = 0; index < settings.Length; index++)
        {
            environment[$"GIT_CONFIG_KEY_{index}"] = settings[index].Key;
            environment[$"GIT_CONFIG_VALUE_{index}"] = settings[index].Value;
        }
        return environment;
    }
}
