using Rialto.Kernel;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>
/// The checks of a well-kept repository. Weights sum to 100; the score is the sum of those that passed. What a kind of project cannot have
/// (a list has no tests, Maven no lock file) is not asked of it: its weight goes to the other checks in proportion.
/// </summary>
internal static class QualityTable
{
    private const long HugeBytes = 20 * 1024 * 1024;
    private static readonly string[] Locks = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb", "Cargo.lock", "go.sum", "poetry.lock", "uv.lock", "Pipfile.lock", "Gemfile.lock", "composer.lock", "packages.lock.json", "gradle.lockfile", "mix.lock", "pubspec.lock", "flake.lock", "Package.resolved", "deno.lock", "pdm.lock"];

    public static QualityFacts Check(Signals signals, QualityInputs known)
    {
        var checks = new List<QualityCheck>();
        var content = signals.Content;
        var readme = signals.Readme;
        Evidence? At(Block? block) => block is null ? null : readme!.File.At(block.Line);
        Block? Heading(Func<string, bool> isMatch) => readme?.Headings.FirstOrDefault(heading => isMatch(heading.Plain));
        void Add(string id, string title, int weight, Evidence? evidence, string fix) => checks.Add(new(id, title, evidence is not null, weight, evidence is null ? [] : [evidence.Value], evidence is null ? fix : null));
        void AddIf(bool applies, string id, string title, int weight, Evidence? evidence, string fix) { if (applies || evidence is not null) Add(id, title, weight, evidence, fix); }
        var isWritten = known.Category is ProjectCategory.Documentation or ProjectCategory.Dataset && !signals.Packages.Any(package => package is { IsAuxiliary: false, IsPrivate: false });
        var isProgram = !isWritten && signals.Languages.Count > 0;
        Evidence? When(bool isTrue, Evidence? evidence = null) => isTrue ? evidence ?? content.Commit : null;

        Add("readme.present", "Has a README", 8, readme?.File.At(1), "Add a README.md at the root that says what the project is.");
        Add("readme.description", "Says what it is in one sentence", 6, signals.Summary?.Evidence[0], "Begin the README with one sentence: what it is, for whom.");
        AddIf(!isWritten && known.Category != ProjectCategory.Font, "readme.install", "Shows how to install or run it", 6, signals.Commands.FirstOrDefault(command => command.Kind is CommandKind.Install or CommandKind.Run)?.Evidence ?? At(Heading(Sections.IsInstall)), "Add an Installation section with a command that can be copied.");
        AddIf(!isWritten && known.Category is not (ProjectCategory.Font or ProjectCategory.Game or ProjectCategory.Application), "readme.example", "Shows an example of use", 5, known.Example?.Evidence ?? At(Heading(Sections.IsUsage)), "Add a Usage section with a short example.");
        Add("readme.structure", "The README has sections", 3, When(readme?.Headings.Count() >= 3, readme?.File.At(1)), "Divide the README into sections with headings.");
        Add("readme.picture", "Shows a picture of the product or its logo", 3, signals.Media.Pictures.FirstOrDefault()?.Evidence, "Add a screenshot, a diagram or a logo.");
        Add("readme.alt", "Pictures have alternative texts", 3, When(signals.Media.Pictures.Where(picture => picture.Evidence.Path == readme?.File.Path).All(picture => picture.Alt.Length > 0), readme?.File.At(1)), "Give every picture of the README an alternative text.");
        Add("readme.links", "Links to files of the repository lead somewhere", 4, BrokenLink(content, readme) is null ? When(readme is not null, readme?.File.At(1)) : null, BrokenLink(content, readme) is { } broken ? $"Mend the link to {broken.Url} in line {broken.Line} of {readme!.File.Path}." : "Add a README.");
        Add("licence.present", "Has a licence", 9, known.Licence is { Evidence.Count: > 0 } licence ? licence.Evidence[0] : null, "Add a LICENSE file; without one nobody may use the code.");
        AddIf(!isWritten || known.Tags > 0, "changelog.present", "Keeps a changelog", 5, known.Changelog is { } changelog ? content.At(changelog.Path, 1) : null, "Add a CHANGELOG.md with an entry per release.");
        Add("community.contributing", "Explains how to contribute", 4, Community(content, "CONTRIBUTING", "HACKING", "CONTRIBUTE", "DEVELOPMENT") ?? At(Heading(text => text.Contains("contribut", StringComparison.OrdinalIgnoreCase))), "Add a CONTRIBUTING.md.");
        Add("community.conduct", "Has a code of conduct", 2, Community(content, "CODE_OF_CONDUCT", "CODE-OF-CONDUCT", "CONDUCT"), "Add a CODE_OF_CONDUCT.md.");
        AddIf(!isWritten, "community.security", "Says how to report a vulnerability", 3, Community(content, "SECURITY"), "Add a SECURITY.md that names a private way to report.");
        Add("community.templates", "Has templates for issues or pull requests", 1, First(content, file => file.Path.StartsWith(".github/ISSUE_TEMPLATE", StringComparison.OrdinalIgnoreCase) || file.FileName.StartsWith("PULL_REQUEST_TEMPLATE", StringComparison.OrdinalIgnoreCase)), "Add .github/ISSUE_TEMPLATE.");
        AddIf(isProgram || !isWritten && known.Category != ProjectCategory.Documentation, "tests.present", "Has tests", 9, First(content, file => IsTest(file.Path)) ?? signals.Commands.FirstOrDefault(command => command is { Kind: CommandKind.Test, Manager: "make" })?.Evidence, "Add tests; begin with one for what must never break.");
        AddIf(!isWritten, "ci.present", "Tests run on every change", 6, First(content, file => IsCi(file.Path)), "Add a workflow that builds and tests each change.");
        AddIf(NeedsLock(signals), "dependencies.locked", "Dependencies are locked", 4, First(content, file => Locks.Contains(file.FileName)), "Commit the lock file of your package manager.");
        AddIf(signals.Packages.Any(package => package.Dependencies.Count > 0), "dependencies.updated", "Dependencies are kept fresh by a bot", 1, First(content, file => file.FileName is "dependabot.yml" or "dependabot.yaml" or "renovate.json" or "renovate.json5" or ".renovaterc" or ".renovaterc.json"), "Set up Dependabot or Renovate.");
        AddIf(!isWritten, "style.shared", "Code style is written down", 3, First(content, file => IsStyle(file.FileName)), "Add an .editorconfig or the configuration of a formatter.");
        AddIf(!isWritten, "docs.present", "Has documentation beyond the README", 4, First(content, IsDocumentation), "Add a docs folder.");
        AddIf(!isWritten, "releases.tagged", "Releases are tagged", 3, When(known.Tags > 0), "Tag each release.");
        Add("activity.recent", "Was changed in the last year of its history", 2, When(known.Activity.Weekly.Sum() > 3 || known.Activity.Commits == 0 && known.Tags > 0), "Nothing to do when the project is finished: say so in the README.");
        Add("people.several", "Has more than one contributor", 1, When(known.People > 1), "Invite others: label issues that suit newcomers.");
        Add("files.small", "No huge files are kept in Git", 2, When(!content.Files.Any(file => file.Bytes > HugeBytes)), content.Files.FirstOrDefault(file => file.Bytes > HugeBytes) is { } huge ? $"Move {huge.Path} ({huge.Bytes / 1024 / 1024} MB) to a release or to Git LFS." : "");
        Add("secrets.none", "No secrets are kept in Git", 3, content.Commit, "Revoke the secrets that were found and remove them from the history.");
        var weighed = ToHundred(checks);
        return new(weighed.Where(check => check.Passed).Sum(check => check.Weight), weighed);
    }

    /// <summary>The weights scaled to a sum of 100 in whole points; the largest remainders are rounded up.</summary>
    private static List<QualityCheck> ToHundred(List<QualityCheck> checks)
    {
        var sum = checks.Sum(check => check.Weight);
        if (sum == 100) return checks;
        var exact = checks.Select(check => check.Weight * 100.0 / sum).ToList();
        var left = 100 - exact.Sum(weight => (int)weight);
        var raised = exact.Select((weight, index) => (Over: weight - (int)weight, index)).OrderByDescending(found => found.Over).ThenBy(found => found.index).Take(left).Select(found => found.index).ToHashSet();
        return [.. checks.Select((check, index) => check with { Weight = (int)exact[index] + (raised.Contains(index) ? 1 : 0) })];
    }

    /// <summary>
    /// A lock file is asked for where the package manager writes one and keeping it is the custom: npm and Cargo always,
    /// Python, Ruby and PHP for programs (their libraries leave it out). Maven, Gradle, NuGet, Go and others state exact versions.
    /// </summary>
    private static bool NeedsLock(Signals signals) => signals.Packages.Any(package => !package.IsAuxiliary && package.Ecosystem switch
    {
        "npm" or "cargo" => true,
        "pypi" or "rubygems" or "composer" => package.IsPrivate && !MainPackage.IsList(package) || package.Description is null && package.Version is null,
        _ => false,
    } && package.Dependencies.Any(needed => needed.Scope == "runtime" && !Exact.IsMatch(needed.Requirement)));

    /// <summary>A page in a folder for documentation, at the root or beside a package.</summary>
    private static bool IsDocumentation(SourceEntry file)
    {
        var slash = file.Path.IndexOf('/');
        if (slash > 0 && file.Path[..slash].ToLowerInvariant() is "docs" or "doc" or "documentation" or "website" or "site" or "www" or "guide" or "guides" or "manual" or "book" or "wiki") return true;
        return slash < 0 && file.FileName.ToUpperInvariant() is "GUIDE.MD" or "MANUAL.MD" or "USAGE.MD" or "TUTORIAL.MD" or "USERGUIDE.MD" or "FAQ.MD";
    }

    private static Evidence? Community(RepositoryContent content, params string[] names) =>
        Documents.Find(content, names, "", ".github/", "docs/") is { } path ? content.At(path, 1) : null;

    private static Evidence? First(RepositoryContent content, Func<SourceEntry, bool> isMatch) => content.Files.FirstOrDefault(isMatch) is { } found ? content.At(found.Path) : null;

    private static bool IsTest(string path) => TestPath.IsMatch(path);

    private static bool IsCi(string path) => path.StartsWith(".github/workflows/", StringComparison.Ordinal) || path is ".gitlab-ci.yml" or ".travis.yml" or "azure-pipelines.yml" or "Jenkinsfile" or ".circleci/config.yml" or "appveyor.yml" or ".appveyor.yml" or ".drone.yml" or "bitbucket-pipelines.yml" or ".cirrus.yml" or ".woodpecker.yml" or ".ci/run" or ".build.yml";

    private static bool IsStyle(string name) => name is ".editorconfig" or ".clang-format" or ".rustfmt.toml" or "rustfmt.toml" or ".rubocop.yml" or "biome.json" or "biome.jsonc" or ".golangci.yml" or ".golangci.yaml" or "ruff.toml" or ".flake8" or "checkstyle.xml" or ".swiftlint.yml" or ".php-cs-fixer.php" or ".php-cs-fixer.dist.php" or "dprint.json" or ".pre-commit-config.yaml" or "tslint.json" or ".styleci.yml" or "pint.json"
        || name.StartsWith(".prettierrc", StringComparison.Ordinal) || name.StartsWith(".eslintrc", StringComparison.Ordinal) || name.StartsWith("eslint.config.", StringComparison.Ordinal);

    /// <summary>The first relative link of the README whose file or folder is not in the commit.</summary>
    private static MarkupLink? BrokenLink(RepositoryContent content, Document? readme) =>
        readme?.Blocks.SelectMany(block => block.Links).FirstOrDefault(link =>
        {
            var url = link.Url.Split('#', '?')[0];
            if (url.Length == 0 || url[0] is '/' or '{' or '<' || url.Contains(':') || url.Contains('@') || url.EndsWith(".html", StringComparison.Ordinal) || url.StartsWith("../../", StringComparison.Ordinal)) return false;
            var path = Paths.Resolve(readme.File.Folder, Uri.UnescapeDataString(url));
            return path is not null && path.Length > 0 && !content.Exists(path);
        });

    private static readonly LinearPattern Exact = new(@"^=*\s*v?\d+(?:\.\d+)+(?:[-.+]\w+)*$");
    private static readonly LinearPattern TestPath = new(@"(?i)(?:^|/)(?:tests?|__tests__|spec|specs|e2e|testing)/|(?:^|/)[^/]*(?:[._-](?:test|tests|spec)|Tests?)\.[a-z]+$|(?:^|/)test_[^/]*\.py$|_test\.(?:go|rb|py|exs|dart|cc|cpp)$|\.[Tt]ests/");
}

/// <summary>What the checks need besides the signals.</summary>
internal sealed record QualityInputs(CodeSample? Example, LicenceFacts? Licence, ChangelogFacts? Changelog, ActivityFacts Activity, int Tags, int People, ProjectCategory Category);
