using System.Globalization;
using Rialto.Analysis;

namespace Rialto.Cli;

/// <summary>The facts as a page to read: a section per subject, and behind each statement the file and line that prove it.</summary>
internal sealed class Dossier(Facts facts, TextWriter output, Style style)
{
    private const int LabelWidth = 12;
    private const int TextWidth = 96;

    public void Write()
    {
        output.WriteLine();
        output.WriteLine($"  {style.Bold(Cut(facts.Title.Value))}{(facts.Version is { } version ? "  " + style.Accent(version.Value) : "")}{(facts.Licence is { } licence ? "  " + style.Dim(licence.Expression) : "")}");
        if (facts.Tagline is { } tagline) output.WriteLine($"  {Cut(tagline.Value)}{Proof(tagline.Evidence)}");
        Profile();
        Use();
        Told();
        Work();
        Judged();
        output.WriteLine();
    }

    private void Profile()
    {
        Section("What it is");
        if (facts.Repository.WebUrl is { } web) Row("Home", web, facts.Repository.OriginEvidence);
        if (facts.Summary is { } summary) Row("Summary", summary.Value, summary.Evidence);
        if (facts.Refinements.Count > 0) Row("Words", $"{string.Join(", ", facts.Refinements.Select(change => change.Field))} put better by {facts.Refinements[0].Model}; the rest is the repository's own");
        Row("Kind", $"{Plain(facts.Category.Value)} for {Plain(facts.Audience.Value)}, {Plain(facts.Stage.Value)}", facts.Category.Evidence);
        if (facts.Languages.Count > 0) Row("Languages", string.Join(", ", facts.Languages.Take(5).Select(language => $"{language.Name} {language.Share.ToString("P0", CultureInfo.InvariantCulture)}")));
        if (facts.Tags.Count > 0) Row("Tags", string.Join(", ", facts.Tags.Select(tag => tag.Value)));
        var product = facts.Packages.Where(package => package is { IsAuxiliary: false, IsPrivate: false } && package.Ecosystem != "docker").ToList();
        if (product.Count > 0) Row("Packages", string.Join(", ", product.Take(4).Select(package => $"{package.Name} ({package.Ecosystem})")) + (product.Count > 4 ? $" and {product.Count - 4} more" : ""), [product[0].Evidence]);
        foreach (var pattern in facts.Patterns.Take(5)) Row(pattern == facts.Patterns[0] ? "Patterns" : "", $"{pattern.Name}: {pattern.Reason}", pattern.Evidence);
    }

    private void Use()
    {
        if (facts.Commands.Count == 0 && facts.Example is null) return;
        Section("How it is used");
        foreach (var group in facts.Commands.GroupBy(command => command.Kind))
            foreach (var command in group) Row(command == group.First() ? Plain(group.Key) : "", command.Text, [command.Evidence]);
        if (facts.Example is not { } example) return;
        Row("Example", example.Caption ?? example.Language, [example.Evidence]);
        foreach (var line in example.Code.Split('\n').Take(8)) output.WriteLine($"  {new string(' ', LabelWidth)}{style.Dim("│")} {Cut(line)}");
    }

    private void Told()
    {
        if (facts.Features.Count > 0)
        {
            Section("Features");
            foreach (var feature in facts.Features)
                output.WriteLine($"  {feature.Emoji ?? "•"} {style.Bold(Cut(feature.Title))}{(feature.Text is { } text ? "  " + Cut(text, Math.Max(20, TextWidth - feature.Title.Length)) : "")}{Proof([feature.Evidence])}");
        }
        var pictures = facts.Media.Pictures;
        if (pictures.Count == 0) return;
        Section("Pictures");
        foreach (var picture in pictures.Take(6))
            Row(Plain(picture.Kind), picture.Location + (picture.Width is { } width ? $"  {width}×{picture.Height}" : ""), [picture.Evidence]);
        if (pictures.Count > 6) Row("", $"and {pictures.Count - 6} more");
    }

    private void Work()
    {
        Section("How the work goes");
        Row("History", $"{Number(facts.Activity.Commits)}{(facts.Activity.IsPartial ? " or more" : "")} commits by {Number(facts.Authors.Count(author => !author.IsBot))} people{(facts.Activity.LastAt is { } last ? $", the last on {last:yyyy-MM-dd}" : "")}");
        if (facts.Version is { } version) Row(version is { IsPrerelease: true, Tag: null } ? "Version" : "Release", version.Value + (version is { IsPrerelease: true, Tag: null } ? " (not released)" : "") + (version.ReleasedAt is { } at ? $" of {at:yyyy-MM-dd}" : "") + (version.LatestPrerelease is { } next ? $", next {next}" : ""), version.Evidence);
        if (facts.Licence is { } licence) Row("Licence", $"{licence.Expression} ({licence.Name})", licence.Evidence);
        if (facts.Changelog is { Releases.Count: > 0 } log) Row("Changelog", $"{Entries(log.Releases.Count)}, the newest {Newest(log).Version}", [Newest(log).Evidence]);
        foreach (var milestone in facts.Plan?.Milestones.Take(6) ?? []) Row(milestone == facts.Plan!.Milestones[0] ? "Plan" : "", $"{milestone.Title}{(milestone.State is { } state ? $" ({state})" : "")}, {Entries(milestone.Items.Count)}", [milestone.Evidence]);
        if (facts.Tasks is { } tasks) Row("Tasks", $"{tasks.Done} done, {tasks.Open} open in {tasks.Path}");
    }

    private void Judged()
    {
        Section($"Quality  {facts.Quality.Score} of 100");
        foreach (var check in facts.Quality.Checks.Where(check => !check.Passed).OrderByDescending(check => check.Weight))
            output.WriteLine($"  {style.Bad("✗")} {check.Title} {style.Dim($"(+{check.Weight})")}  {check.Fix}");
        output.WriteLine($"  {style.Good("✓")} {facts.Quality.Checks.Count(check => check.Passed)} of {facts.Quality.Checks.Count} checks pass; complexity {facts.Complexity.Value.ToString("0.00", CultureInfo.InvariantCulture)} of 1");
        if (facts.Template.Count == 0) return;
        Section($"Theme  {facts.Template[0].Theme}");
        foreach (var reason in facts.Template[0].Reasons) output.WriteLine($"  {reason}");
        output.WriteLine($"  {style.Dim("then " + string.Join(", ", facts.Template.Skip(1).Select(choice => $"{choice.Theme} {choice.Score.ToString("0.00", CultureInfo.InvariantCulture)}")))}");
    }

    private void Section(string title)
    {
        output.WriteLine();
        output.WriteLine($"  {style.Accent(title)}");
    }

    private void Row(string label, string text, IReadOnlyList<Evidence>? evidence = null) => output.WriteLine($"  {style.Dim(label.PadRight(LabelWidth))}{Cut(text, 400)}{Proof(evidence ?? [])}");

    /// <summary>The first place that proves it, as file and line.</summary>
    private string Proof(IReadOnlyList<Evidence> evidence) =>
        evidence.FirstOrDefault(place => place.Path?.Length > 0) is { Path: not null } first ? "  " + style.Dim(first.Line > 0 ? $"{first.Path}:{first.Line}" : first.Path) : "";

    private static string Cut(string text, int width = TextWidth)
    {
        // Control characters of a hostile file must not reach the terminal.
        var plain = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return plain.Length <= width ? plain : plain[..(width - 1)] + "…";
    }

    /// <summary>The newest entry that names a version; what is not released yet is not it.</summary>
    private ReleaseNote Newest(ChangelogFacts log) => log.Releases.FirstOrDefault(release => release.Version == facts.Version?.Value) ?? log.Releases.FirstOrDefault(release => release.Version != "Unreleased") ?? log.Releases[0];

    private static string Entries(int count) => count == 1 ? "1 entry" : $"{count} entries";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Plain<T>(T name) where T : Enum => string.Concat(name.ToString().Select((letter, index) => char.IsUpper(letter) && index > 0 ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}
