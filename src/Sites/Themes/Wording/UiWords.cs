using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rialto.Sites.Themes.Wording;

/// <summary>The few words a site says itself, in the reader's language. What is about the project is never here: that comes from its own files.</summary>
internal sealed record UiWords
{
    public string Language { get; init; } = "en";
    public string Skip { get; init; } = "Skip to content";
    public string Menu { get; init; } = "Menu";
    public string Main { get; init; } = "Main";
    public string Documentation { get; init; } = "Documentation";
    public string Docs { get; init; } = "Docs";
    public string Changelog { get; init; } = "Changelog";
    public string Roadmap { get; init; } = "Roadmap";
    public string Licence { get; init; } = "Licence";
    public string Source { get; init; } = "Source";
    public string GetStarted { get; init; } = "Get started";
    public string ViewSource { get; init; } = "View source";
    public string Install { get; init; } = "Install";
    public string Copy { get; init; } = "Copy";
    public string Copied { get; init; } = "Copied";
    public string Theme { get; init; } = "Colour scheme";
    public string Light { get; init; } = "Light";
    public string Dark { get; init; } = "Dark";
    public string Auto { get; init; } = "As the system";
    public string Search { get; init; } = "Search";
    public string Features { get; init; } = "What it does";
    public string Example { get; init; } = "A first example";
    public string Output { get; init; } = "Output";
    public string Proof { get; init; } = "In numbers";
    public string How { get; init; } = "How it is built";
    public string Architecture { get; init; } = "Architecture";
    public string Packages { get; init; } = "Packages";
    public string Languages { get; init; } = "Languages";
    public string OtherLanguages { get; init; } = "Other";
    public string Gallery { get; init; } = "A closer look";
    public string LatestChanges { get; init; } = "Latest changes";
    public string AllChanges { get; init; } = "All changes";
    public string AllPlans { get; init; } = "Whole roadmap";
    public string Contributors { get; init; } = "Contributors";
    public string ContributorsText { get; init; } = "The people whose commits made it.";
    public string AndMore { get; init; } = "and {0} more";
    public string Commits { get; init; } = "Commits";
    public string CommitsOf { get; init; } = "{0} commits";
    public string Releases { get; init; } = "Releases";
    public string Version { get; init; } = "Version";
    public string Released { get; init; } = "released {0}";
    public string LastChange { get; init; } = "Last change";
    public string ActivityYear { get; init; } = "Commits per week over 52 weeks";
    public string ActivityText { get; init; } = "{0} commits in 52 weeks; the busiest week had {1}.";
    public string Tasks { get; init; } = "Tasks";
    public string TasksDone { get; init; } = "{0} of {1} done";
    public string Done { get; init; } = "Done";
    public string Active { get; init; } = "In progress";
    public string Planned { get; init; } = "Planned";
    public string Unreleased { get; init; } = "Unreleased";
    public string OnThisPage { get; init; } = "On this page";
    public string Previous { get; init; } = "Previous";
    public string Next { get; init; } = "Next";
    public string EditPage { get; init; } = "Edit this page";
    public string Breadcrumbs { get; init; } = "Breadcrumbs";
    public string Home { get; init; } = "Home";
    public string NotFound { get; init; } = "There is no page here";
    public string NotFoundText { get; init; } = "The address may be old or mistyped. These lead on:";
    public string Share { get; init; } = "Share";
    public string ByMail { get; init; } = "By mail";
    public string MadeWith { get; init; } = "Made with Rialto";
    public string FromCommit { get; init; } = "From commit {0}";
    public string ReadDocs { get; init; } = "Read the documentation";
    public string OsiApproved { get; init; } = "OSI approved";
    public string TryIt { get; init; } = "Try {0}";

    public string Project { get; init; } = "Project";
    public string MorePages { get; init; } = "More";
    public string Build { get; init; } = "Build status";
    public string Coverage { get; init; } = "Test coverage";
    public string Chat { get; init; } = "Community chat";
    public string Quality { get; init; } = "Code quality";
    public string Links { get; init; } = "Elsewhere";
    public string Evidence { get; init; } = "Where it says so: {0}";
    public string NothingFound { get; init; } = "Nothing found for “{0}”";
    public string Results { get; init; } = "{0} results";
    public string SearchFailed { get; init; } = "The search index could not be loaded.";
    public string Close { get; init; } = "Close";

    /// <summary>What the search script says, as it reads it.</summary>
    public string SearchJson => field ??= $"{{\"none\":{Quoted(NothingFound)},\"found\":{Quoted(Results)},\"failed\":{Quoted(SearchFailed)},\"close\":{Quoted(Close)}}}";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Words for a BCP 47 tag; English where we have none.</summary>
    public static UiWords For(string language)
    {
        var primary = language.Split('-', 2)[0].ToLowerInvariant();
        return ByLanguage.GetValueOrDefault(primary, English);
    }

    public static UiWords English { get; } = new();

    /// <summary>Every language the interface speaks beside English.</summary>
    public static IReadOnlyDictionary<string, UiWords> ByLanguage { get; } = Translations.All.Concat(WesternTranslations.All).ToDictionary(words => words.Language);

    /// <summary>A part of a whole, as the reader writes it.</summary>
    public string Percent(double value) => (value * 100).ToString("0.0", Culture) + (Language is "de" or "es" or "fr" ? "\u202f%" : "%");

    /// <summary>A whole number as the reader writes it.</summary>
    public string Number(long value) => value.ToString("N0", Culture);

    /// <summary>A date as the reader writes it.</summary>
    public string Date(DateTimeOffset value) => Language switch
    {
        "en" => value.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        "de" => value.ToString("d. MMMM yyyy", Culture),
        "fr" => value.ToString("d MMMM yyyy", Culture),
        "es" => value.ToString("d 'de' MMMM 'de' yyyy", Culture),
        "zh" or "ja" => value.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture),
        _ => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    public string Format(string pattern, params object[] values) => string.Format(Culture, pattern, values);

    private CultureInfo Culture => Language is "de" or "es" or "fr" ? CultureInfo.GetCultureInfo(Language) : CultureInfo.InvariantCulture;
}
