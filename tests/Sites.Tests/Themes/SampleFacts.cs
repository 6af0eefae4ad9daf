using Rialto.Analysis;

namespace Rialto.Sites.Tests.Themes;

/// <summary>Facts written by hand: a full project, an empty one, and awkward ones.</summary>
internal static class SampleFacts
{
    private static readonly Evidence Readme = new("README.md", 1, "0123456789abcdef0123456789abcdef01234567");

    private static readonly DateTimeOffset Now = new(2025, 6, 12, 10, 0, 0, TimeSpan.Zero);

    public static Facts Empty(string title = "left-pad") => new()
    {
        Name = Proved(title), Title = Proved(title),
        Repository = new RepositoryFacts { Source = "/srv/git/x", Name = title, Commit = Readme.Commit, CommittedAt = Now, Files = 3 },
        Languages = [], Packages = [], Commands = [], Features = [], Authors = [],
        Activity = new ActivityFacts { Commits = 1, FirstAt = Now, LastAt = Now },
        Media = new MediaFacts { Pictures = [], Badges = [] },
        Patterns = [], Category = Proved(ProjectCategory.Other), Tags = [], Audience = Proved(Audience.Developers),
        Stage = Proved(Stage.Prototype), Complexity = Proved(0.1), Quality = new QualityFacts(10, []), Template = [],
    };

    public static Facts Full() => Empty("Ferrous") with
    {
        Tagline = Proved("A line-oriented search tool that respects your ignore files"),
        Summary = Proved("Ferrous searches directories recursively for a regular expression while respecting the rules of your ignore files, and it is fast on trees of any size."),
        Repository = Empty().Repository with { WebUrl = "https://github.com/example/ferrous", Name = "ferrous", Tags = 84 },
        Version = new VersionFacts { Value = "14.1.1", Tag = "14.1.1", ReleasedAt = Now.AddDays(-40), Evidence = [Readme] },
        Licence = new LicenceFacts { Expression = "MIT OR Unlicense", Name = "MIT License or The Unlicense", IsOsiApproved = true, Files = [], Evidence = [Readme] },
        Languages = [new("Rust", "#dea584", 900_000, 0.912, 120), new("Shell", "#89e051", 40_000, 0.052, 12), new("Python", "#3572A5", 20_000, 0.021, 3), new("Ruby", "#701516", 9_000, 0.015, 1)],
        Packages = [.. new[] { "ferrous", "ferrous-core", "ferrous-globset-matching-engine-with-a-very-long-name-indeed-60", "ferrous-printer" }.Select((n, i) => Package(n, i))],
        Commands = [Install("cargo", "cargo install ferrous"), Install("brew", "brew install ferrous"), Install("apt", "sudo apt-get install ferrous"), new(CommandKind.Test, "cargo", "cargo test --all", Readme)],
        Features = [.. FeatureTexts.Select(t => new FeatureFacts(t.Title, t.Text, null, Readme))],
        Plan = new PlanFacts("ROADMAP.md", "What comes next.", [Milestone("Index mode", "active", [("Persistent index of a tree", true), ("Incremental updates", false)]), Milestone("Windows parity", "planned", [("Long paths", null)]), Milestone("Decompression", "done", [("Search in `.gz`", true)])]),
        Tasks = new TaskFacts("TASKS.md", 12, 5, [new("Document `--sort`", true, "Docs", Readme), new("Faster start on Windows", false, "Speed", Readme)]),
        Changelog = new ChangelogFacts("CHANGELOG.md", [Release("14.1.1", 40, "* Fixed a panic in `--json` when a path is not UTF-8 ([#2664](https://example.org/2664))\n* Faster matching of literals\n* **Shell completions** for fish"), Release("14.1.0", 150, "- Added hyperlinks\n- Colours follow `LS_COLORS`"), Release("14.0.3", 200, "A small release that mends the build on musl.")]),
        Authors = [.. Enumerable.Range(0, 42).Select(i => new AuthorFacts(People[i % People.Length] + (i < People.Length ? "" : $" {i}"), 900 / (i + 1) + 1, Now.AddYears(-6), Now, false)), new AuthorFacts("dependabot[bot]", 400, Now, Now, true)],
        Activity = new ActivityFacts { Commits = 2190, FirstAt = Now.AddYears(-8), LastAt = Now, Weekly = [.. Enumerable.Range(0, 52).Select(i => i * 7 % 13 * (i % 5))] },
        Patterns = [new("Workspace of libraries", "architecture", 0.9, "One `Cargo.toml` names nine member crates.", [Readme]), new("Builder", "design", 0.7, "Twelve types named `…Builder` return themselves.", [Readme])],
        Category = Proved(ProjectCategory.CommandLineTool), Stage = Proved(Stage.Mature), Tags = [Proved("search"), Proved("regex"), Proved("cli")],
    };

    public static Facts Chinese() => Full() with
    {
        Title = Proved("阿尔萨斯 Java 诊断工具"), Tagline = Proved("线上问题定位利器，无需重启即可诊断 Java 应用"), Summary = Proved("当你遇到类似问题而束手无策时，它可以帮助你解决：这个类从哪个 jar 包加载的？为什么会报各种类相关的异常？"),
        Features = [new("实时监控", "实时查看 JVM 状态，包括 CPU、内存与垃圾回收，不需要修改任何代码。", null, Readme), new("方法追踪", "跟踪方法的调用路径与耗时。", null, Readme), new("热更新代码", "反编译、修改并重新加载类。", null, Readme)],
    };

    public static Facts Persian() => Full() with
    {
        Title = Proved("وزیرمتن"), Tagline = Proved("یک قلم ساده و خوانا برای نوشته‌های فارسی و عربی"), Summary = Proved("وزیرمتن یک قلم آزاد است که برای صفحهٔ نمایش و چاپ طراحی شده و وزن‌های گوناگون دارد."),
        Features = [new("وزن‌های گوناگون", "از نازک تا سیاه، در نه وزن و یک پروندهٔ متغیر.", null, Readme), new("سریع و سبک", "نسخهٔ وب با حجم کم.", null, Readme)],
    };

    private static readonly string[] People = ["Ada Lovelace", "Grace Hopper", "Barbara Liskov", "李小明", "Радия Перлман", "Katherine Johnson", "Fran Allen", "محمد الخوارزمي", "Margaret Hamilton", "Annie Easley", "A Contributor With A Quite Remarkably Long Name"];

    private static readonly (string Title, string? Text)[] FeatureTexts =
    [
        ("Fast by default", "Finite automata and literal optimisations keep searches quick on gigabytes of text."),
        ("Respects ignore files", "Rules of `.gitignore`, `.ignore` and `.rgignore` hold, hidden and binary files are skipped."),
        ("Full Unicode", "Always on, without a price in speed."),
        ("Search in archives", "Reads gzip, xz, zstd and more with `-z`."),
        ("Configuration files", "Put your own defaults in one place."),
        ("Plugins through preprocessors", null),
        ("Types of files", "`-t rust` limits a search to one language."),
    ];

    public static Fact<T> Proved<T>(T value) => new(value, [Readme]);

    private static CommandFacts Install(string manager, string text) => new(CommandKind.Install, manager, text, Readme);

    private static PackageFacts Package(string name, int i) => new() { Ecosystem = "cargo", Name = name, Description = i % 2 == 0 ? "Fast line-oriented matching for everyone." : null, Manifest = $"crates/{i}/Cargo.toml", Dependencies = [], Evidence = Readme };

    private static Milestone Milestone(string title, string? state, (string Text, bool? Done)[] items) => new(title, state, [.. items.Select(i => new WorkItem(i.Text, i.Done, null, Readme))], Readme);

    private static ReleaseNote Release(string version, int daysAgo, string body) => new(version, DateOnly.FromDateTime(Now.AddDays(-daysAgo).Date), body, Readme);
}
