using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Rialto.Analysis;

/// <summary>
/// Everything the platform says about one commit, and where each statement stands in it. The one document from which
/// site, PDF, deck, video and score are made. Nothing in it is invented; what the repository does not prove is absent.
/// Serialised as camelCase JSON by <see cref="FactsJson"/>; its schema is <c>docs/facts.schema.json</c>.
/// </summary>
public sealed record Facts
{
    /// <summary>What <see cref="Schema"/> says today.</summary>
    public const string SchemaName = "rialto.facts/1";

    /// <summary>Version of this document's shape.</summary>
    [Description("Version of this document's shape.")]
    public string Schema { get; init; } = SchemaName;

    /// <summary>Short technical name, usually the package or repository name: <c>vite</c>.</summary>
    [Description("Short technical name, usually the package or repository name: vite.")]
    public required Fact<string> Name { get; init; }

    /// <summary>What the project calls itself: <c>Vite</c>. Never an advert, never a section heading.</summary>
    [Description("What the project calls itself: Vite. Never an advert, never a section heading.")]
    public required Fact<string> Title { get; init; }

    /// <summary>What it is, in one sentence of plain text from the repository's own words.</summary>
    [Description("What it is, in one sentence of plain text from the repository's own words.")]
    public Fact<string>? Summary { get; init; }

    /// <summary>A shorter line for the top of a page, at most 12 words, cut from the repository's own words.</summary>
    [Description("A shorter line for the top of a page, at most 12 words, cut from the repository's own words.")]
    public Fact<string>? Tagline { get; init; }

    public required RepositoryFacts Repository { get; init; }
    public VersionFacts? Version { get; init; }
    public LicenceFacts? Licence { get; init; }
    public required IReadOnlyList<LanguageShare> Languages { get; init; }
    public required IReadOnlyList<PackageFacts> Packages { get; init; }
    public required IReadOnlyList<CommandFacts> Commands { get; init; }
    public ReadmeFacts? Readme { get; init; }
    public required IReadOnlyList<FeatureFacts> Features { get; init; }

    /// <summary>A first example of use as the README shows it, where there is one.</summary>
    [Description("A first example of use as the README shows it, where there is one.")]
    public CodeSample? Example { get; init; }

    public PlanFacts? Plan { get; init; }
    public TaskFacts? Tasks { get; init; }
    public ChangelogFacts? Changelog { get; init; }
    public required IReadOnlyList<AuthorFacts> Authors { get; init; }
    public required ActivityFacts Activity { get; init; }
    public required MediaFacts Media { get; init; }
    public required IReadOnlyList<PatternFacts> Patterns { get; init; }

    /// <summary>One of <see cref="ProjectCategory"/>'s names.</summary>
    [Description("One of ProjectCategory's names.")]
    public required Fact<ProjectCategory> Category { get; init; }

    public required IReadOnlyList<Fact<string>> Tags { get; init; }
    public required Fact<Audience> Audience { get; init; }
    public required Fact<Stage> Stage { get; init; }

    /// <summary>0 (a script) to 1 (a platform); the evidence names what was counted.</summary>
    [Description("0 (a script) to 1 (a platform); the evidence names what was counted.")]
    public required Fact<double> Complexity { get; init; }

    public required QualityFacts Quality { get; init; }

    /// <summary>Site themes, best first, each with its reasons.</summary>
    [Description("Site themes, best first, each with its reasons.")]
    public required IReadOnlyList<TemplateChoice> Template { get; init; }

    /// <summary>How many secrets were found and redacted before anything else read the content.</summary>
    [Description("How many secrets were found and redacted before anything else read the content.")]
    public int SecretsRedacted { get; init; }

    /// <summary>Which words a language model put better, and by which model; empty when all words are the repository's own.</summary>
    [Description("Which words a language model put better, and by which model; empty when all words are the repository's own.")]
    public IReadOnlyList<Refinement> Refinements { get; init; } = [];
}

/// <summary>Where a statement stands: a line of a file of the analysed commit. Serialised as <c>path:line@commit</c> (12 hex digits).</summary>
/// <param name="Path">Path in the tree. Empty for facts about the commit or its refs.</param>
/// <param name="Line">1-based line; 0 when the whole file is meant.</param>
/// <param name="Commit">Full object name of the commit.</param>
[JsonConverter(typeof(EvidenceJsonConverter))]
public readonly record struct Evidence(string Path, int Line, string Commit)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}:{Line}@{Commit[..Math.Min(12, Commit.Length)]}";
}

/// <summary>A value with the places that prove it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Evidence">At least one place.</param>
public sealed record Fact<T>(T Value, IReadOnlyList<Evidence> Evidence);

/// <summary>The commit and where it came from.</summary>
public sealed record RepositoryFacts
{
    public required string Source { get; init; }
    public required string Name { get; init; }
    public string? Owner { get; init; }
    public string? Host { get; init; }
    public string? WebUrl { get; init; }
    /// <summary>The places of the commit that prove owner, host and address; empty when the source itself names them, or nothing does.</summary>
    [Description("The places of the commit that prove owner, host and address; empty when the source itself names them, or nothing does.")]
    public IReadOnlyList<Evidence> OriginEvidence { get; init; } = [];
    public required string Commit { get; init; }
    public string? Ref { get; init; }
    /// <summary>As the repository's HEAD says; null when it says nothing.</summary>
    public string? DefaultBranch { get; init; }
    public required DateTimeOffset CommittedAt { get; init; }
    public bool IsShallow { get; init; }
    public int Files { get; init; }
    public long Bytes { get; init; }
    public int Tags { get; init; }
}

/// <summary>The latest release of the product itself.</summary>
public sealed record VersionFacts
{
    /// <summary>Normalised, without prefix: <c>5.4.2</c>.</summary>
    public required string Value { get; init; }
    /// <summary>The tag as named, or null when only a manifest states the version.</summary>
    public string? Tag { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
    public bool IsPrerelease { get; init; }
    /// <summary>A newer pre-release than <see cref="Value"/>, where there is one.</summary>
    public string? LatestPrerelease { get; init; }
    public required IReadOnlyList<Evidence> Evidence { get; init; }
}

/// <summary>The licence of the project.</summary>
public sealed record LicenceFacts
{
    /// <summary>SPDX expression: <c>MIT</c>, <c>MIT OR Apache-2.0</c>, <c>LicenseRef-…</c> for one SPDX does not know.</summary>
    public required string Expression { get; init; }
    /// <summary>Human name, for example <c>MIT License</c>.</summary>
    public required string Name { get; init; }
    /// <summary>True when every licence of the expression is approved by the Open Source Initiative.</summary>
    public bool IsOsiApproved { get; init; }
    /// <summary>Each licence file, what it was recognised as, and how sure (0–1).</summary>
    public required IReadOnlyList<LicenceFile> Files { get; init; }
    public required IReadOnlyList<Evidence> Evidence { get; init; }
}

public sealed record LicenceFile(string Path, string Spdx, double Confidence);

/// <summary>One language's share of the source.</summary>
/// <param name="Name">As GitHub names it.</param>
/// <param name="Color">CSS hex colour, where the language has one.</param>
/// <param name="Bytes">Bytes of counted files.</param>
/// <param name="Share">0–1 of all counted bytes.</param>
/// <param name="Files">Counted files.</param>
public sealed record LanguageShare(string Name, string? Color, long Bytes, double Share, int Files);

/// <summary>A package the repository defines.</summary>
public sealed record PackageFacts
{
    /// <summary>npm, nuget, pypi, cargo, go, maven, gradle, composer, rubygems, cmake, …</summary>
    public required string Ecosystem { get; init; }
    public required string Name { get; init; }
    public string? Version { get; init; }
    public string? Description { get; init; }
    /// <summary>Path of the manifest.</summary>
    public required string Manifest { get; init; }
    /// <summary>True when the manifest says that it is not published.</summary>
    public bool IsPrivate { get; init; }
    /// <summary>True when it is an example, test or tool beside the product.</summary>
    public bool IsAuxiliary { get; init; }
    public string? Licence { get; init; }
    public string? Homepage { get; init; }
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public required IReadOnlyList<Dependency> Dependencies { get; init; }
    public required Evidence Evidence { get; init; }
}

/// <param name="Name">Package name in its ecosystem.</param>
/// <param name="Requirement">Version requirement as written; empty when none.</param>
/// <param name="Scope"><c>runtime</c>, <c>development</c>, <c>peer</c>, <c>optional</c> or <c>build</c>.</param>
/// <param name="Evidence">The line that states it.</param>
public sealed record Dependency(string Name, string Requirement, string Scope, Evidence Evidence);

public enum CommandKind { Install, Run, Test, Build }

/// <summary>A command the README or a manifest proves.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Manager">npm, pnpm, yarn, bun, pip, cargo, go, brew, docker, dotnet, …</param>
/// <param name="Text">The command line, without prompt sign.</param>
/// <param name="Evidence">Where it is proved.</param>
public sealed record CommandFacts(CommandKind Kind, string Manager, string Text, Evidence Evidence);

/// <summary>The README, as an outline.</summary>
public sealed record ReadmeFacts
{
    public required string Path { get; init; }
    /// <summary><c>markdown</c>, <c>restructuredtext</c>, <c>asciidoc</c>, <c>org</c> or <c>text</c>.</summary>
    public required string Format { get; init; }
    /// <summary>BCP 47 tag of its prevailing language, guessed from script and words.</summary>
    public required string Language { get; init; }
    public int Words { get; init; }
    public required IReadOnlyList<OutlineHeading> Outline { get; init; }
}

public sealed record OutlineHeading(int Level, string Text, int Line);

/// <summary>A feature in the project's own words (plain text, inline code kept in backticks).</summary>
public sealed record FeatureFacts(string Title, string? Text, string? Emoji, Evidence Evidence);

public sealed record CodeSample(string Language, string Code, string? Caption, string? Output, Evidence Evidence);

/// <summary>What is planned (PLANNING.md, ROADMAP.md, or the README's own section).</summary>
public sealed record PlanFacts(string Path, string? Summary, IReadOnlyList<Milestone> Milestones);

/// <param name="Title">Heading.</param>
/// <param name="State"><c>done</c>, <c>active</c>, <c>planned</c>, or null when the text does not say.</param>
/// <param name="Items">Entries below it.</param>
/// <param name="Evidence">Its line.</param>
public sealed record Milestone(string Title, string? State, IReadOnlyList<WorkItem> Items, Evidence Evidence);

/// <param name="Text">Plain text.</param>
/// <param name="Done">Checked, unchecked, or null when it has no box.</param>
/// <param name="Section">Heading it stands under.</param>
/// <param name="Evidence">Its line.</param>
public sealed record WorkItem(string Text, bool? Done, string? Section, Evidence Evidence);

/// <summary>Tasks (TASKS.md, TODO.md): done and open.</summary>
public sealed record TaskFacts(string Path, int Done, int Open, IReadOnlyList<WorkItem> Items);

/// <summary>Releases as the changelog tells them, newest first.</summary>
public sealed record ChangelogFacts(string Path, IReadOnlyList<ReleaseNote> Releases);

/// <param name="Version">As written, without brackets or prefix; <c>Unreleased</c> is kept.</param>
/// <param name="Date">Release date, where stated.</param>
/// <param name="Body">The entry's text in the changelog's own format.</param>
/// <param name="Evidence">Its heading.</param>
public sealed record ReleaseNote(string Version, DateOnly? Date, string Body, Evidence Evidence);

/// <summary>A contributor. Addresses are never part of the facts.</summary>
/// <param name="IsBot">True for automation accounts, which are not shown as people.</param>
public sealed record AuthorFacts(string Name, int Commits, DateTimeOffset FirstAt, DateTimeOffset LastAt, bool IsBot);

public sealed record ActivityFacts
{
    /// <summary>Commits that were read; a lower bound when <see cref="IsPartial"/>.</summary>
    public int Commits { get; init; }
    public bool IsPartial { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    /// <summary>Commits per week of the 52 weeks before the analysed commit, oldest first.</summary>
    public IReadOnlyList<int> Weekly { get; init; } = [];
}

public sealed record MediaFacts
{
    public required IReadOnlyList<PictureFacts> Pictures { get; init; }
    public required IReadOnlyList<BadgeFacts> Badges { get; init; }
}

public enum PictureKind { Logo, Screenshot, Diagram, Demo, Video, Picture }

/// <param name="Location">Path in the tree, or an absolute URL when it lives elsewhere.</param>
/// <param name="IsRemote">True when it is not in the repository (it is then never embedded).</param>
/// <param name="DarkLocation">The variant for dark backgrounds (<c>&lt;picture&gt;</c>, <c>#gh-dark-mode-only</c>), where there is one.</param>
/// <param name="Width">In pixels, where the file tells.</param>
public sealed record PictureFacts(string Location, bool IsRemote, string? DarkLocation, string Alt, PictureKind Kind, int? Width, int? Height, Evidence Evidence);

/// <param name="Meaning"><c>build</c>, <c>coverage</c>, <c>version</c>, <c>licence</c>, <c>downloads</c>, <c>chat</c>, <c>docs</c>, <c>quality</c>, <c>sponsor</c>, <c>stars</c> or <c>other</c>.</param>
/// <param name="Label">What it reads, in words.</param>
/// <param name="Target">Where it links to.</param>
public sealed record BadgeFacts(string Meaning, string Label, string? Target, Evidence Evidence);

/// <param name="Name">For example <c>MVC</c>, <c>Microservices</c>, <c>Plugin architecture</c>.</param>
/// <param name="Kind"><c>architecture</c> or <c>design</c>.</param>
/// <param name="Confidence">0–1.</param>
public sealed record PatternFacts(string Name, string Kind, double Confidence, string Reason, IReadOnlyList<Evidence> Evidence);

public enum ProjectCategory { Application, Library, Framework, CommandLineTool, Service, Plugin, Website, Documentation, Dataset, Game, MachineLearning, Infrastructure, Template, Research, Font, Other }

public enum Audience { Developers, DataScientists, Designers, Operators, Researchers, Students, EndUsers, Everyone }

public enum Stage { Idea, Prototype, Alpha, Beta, Stable, Mature, Dormant }

/// <summary>A list of checks; the score (0–100) is the weighted sum of those that passed, never more.</summary>
public sealed record QualityFacts(int Score, IReadOnlyList<QualityCheck> Checks);

/// <param name="Id">Stable: <c>readme.present</c>.</param>
/// <param name="Weight">Points; all weights sum to 100.</param>
/// <param name="Fix">What to do when it failed; null when it passed.</param>
public sealed record QualityCheck(string Id, string Title, bool Passed, int Weight, IReadOnlyList<Evidence> Evidence, string? Fix);

/// <param name="Theme">Theme id, for example <c>developer-library</c>.</param>
/// <param name="Score">0–1.</param>
/// <param name="Reasons">One sentence each.</param>
public sealed record TemplateChoice(string Theme, double Score, IReadOnlyList<string> Reasons);
