using Rialto.Analysis;
using Rialto.Secrets;
using Rialto.Testing;
using Shouldly;
using Xunit;

public sealed class StoryTests
{
    private static Task<Facts> Of(MemoryTree tree) => AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public async Task Features_keep_their_pictures_leads_and_words()
    {
        var facts = await Of(new MemoryTree().Add("README.md", "# Product\n\n## Features\n\n- ⚡ **Fast**: it is quick.\n- **Safe** — it never breaks\n- Small - fits anywhere\n"));
        facts.Features.Select(feature => (feature.Emoji, feature.Title, feature.Text)).ShouldBe([("⚡", "Fast", "It is quick."), (null, "Safe", "It never breaks"), (null, "Small", "Fits anywhere")]);
        facts.Features[1].Evidence.Line.ShouldBe(6);
    }

    [Fact]
    public async Task Only_installations_that_name_the_product_count()
    {
        var facts = await Of(new MemoryTree().Add("README.md", "# Product\n\n## Install\n\n```sh\n$ sudo apt install cmake\n$ npm install product # the easy way\nadded 1 package\n$ brew install \\\n    acme/tap/product\n```\n\nTests: `npm test`\n"));
        facts.Commands.Select(command => $"{command.Kind} {command.Manager} {command.Text} {command.Evidence.Line}").ShouldBe(["Install npm npm install product 7", "Install brew brew install acme/tap/product 9"]);
    }

    [Fact]
    public async Task The_changelog_is_read_newest_first_with_dates()
    {
        var facts = await Of(new MemoryTree().Add("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n- soon\n\n## [1.1.0](https://x/compare/a...b) (2024-03-01)\n\n### Fixed\n- a bug\n\n## 1.0.0 - 1 January 2024\n- first\n"));
        facts.Changelog!.Releases.Select(release => (release.Version, release.Date, release.Evidence.Line)).ShouldBe([("Unreleased", null, 3), ("1.1.0", new DateOnly(2024, 3, 1), 6), ("1.0.0", new DateOnly(2024, 1, 1), 11)]);
        facts.Changelog.Releases[1].Body.ShouldBe("### Fixed\n- a bug");
    }

    [Fact]
    public async Task Plans_and_tasks_tell_what_is_done_and_what_is_open()
    {
        var facts = await Of(new MemoryTree()
            .Add("ROADMAP.md", "# Roadmap\n\n## v1 ✅\n- [x] parser\n\n## v2 (in progress)\n- [x] lexer\n- [ ] linker\n\n## Later\n- dreams\n")
            .Add("TODO.md", "# Tasks\n\n## Core\n- [x] one\n- [ ] two\n- [ ] three\n"));
        facts.Plan!.Milestones.Select(milestone => (milestone.Title, milestone.State, milestone.Items.Count)).ShouldBe([("v1", "done", 1), ("v2 (in progress)", "active", 2), ("Later", "planned", 1)]);
        (facts.Tasks!.Done, facts.Tasks.Open).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Badges_are_read_for_their_meaning_and_pictures_keep_their_dark_variant()
    {
        var facts = await Of(new MemoryTree().Add("docs/shot.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='400'></svg>").Add("docs/dark.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='400'></svg>")
            .Add("README.md", "# Product\n\n[![build](https://github.com/acme/product/actions/workflows/ci.yml/badge.svg)](https://ci) ![x](https://via.placeholder.com/150)\n\n<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"docs/dark.svg\"><img alt=\"A screenshot\" src=\"docs/shot.svg\"></picture>\n\n## Sponsors\n\n![Acme](https://acme.example/big.png)\n"));
        facts.Media.Badges.Single().Meaning.ShouldBe("build");
        var picture = facts.Media.Pictures.Single();
        (picture.Location, picture.DarkLocation, picture.Width, picture.Kind, picture.Evidence.Line).ShouldBe(("docs/shot.svg", "docs/dark.svg", 640, PictureKind.Screenshot, 5));
    }

    [Fact]
    public async Task Quality_weights_sum_to_a_hundred_and_every_failure_says_what_to_do()
    {
        var facts = await Of(new MemoryTree().Add("README.md", "# Product\n\n[gone](docs/gone.md)\n"));
        facts.Quality.Checks.Sum(check => check.Weight).ShouldBe(100);
        facts.Quality.Score.ShouldBe(facts.Quality.Checks.Where(check => check.Passed).Sum(check => check.Weight));
        facts.Quality.Checks.Where(check => !check.Passed).ShouldAllBe(check => check.Fix!.Length > 5);
        facts.Quality.Checks.Single(check => check.Id == "readme.links").Fix.ShouldBe("Mend the link to docs/gone.md in line 3 of README.md.");
        var found = facts.WithSecrets([new SecretFinding("rule", "A key", "a.env", 1, 1, "abcd…", "[redacted:rule:00000000]")]);
        found.Quality.Score.ShouldBe(facts.Quality.Score - facts.Quality.Checks.Single(check => check.Id == "secrets.none").Weight);
    }

    [Fact]
    public async Task Six_themes_are_ranked_with_reasons()
    {
        var facts = await Of(new MemoryTree().Add("README.md", "# Product\n\nProduct is a library for parsing dates.\n\n## Usage\n\n```python\nimport product\nproduct.parse()\n```\n").Add("pyproject.toml", "[project]\nname='product'\n").Add("product/__init__.py", "def parse():\n    return 1\n"));
        facts.Category.Value.ShouldBe(ProjectCategory.Library);
        facts.Example!.Language.ShouldBe("python");
        facts.Template.Count.ShouldBe(6);
        facts.Template[0].Theme.ShouldBe("developer-library");
        facts.Template.ShouldAllBe(choice => choice.Score >= 0 && choice.Score <= 1 && choice.Reasons.Count >= 2);
    }
}
