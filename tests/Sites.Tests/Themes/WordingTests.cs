using System.Reflection;
using System.Text.Json;
using Rialto.Analysis;
using Rialto.Sites.Themes.Wording;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

public sealed class WordingTests
{
    /// <summary>Words that are the same in English.</summary>
    private static readonly HashSet<string> Shared = ["Commits", "Version", "Menu", "Licence", "Documentation", "Architecture", "Source", "Install", "Code"];

    public static TheoryData<string> Languages { get; } = new(UiWords.ByLanguage.Keys);

    private static List<PropertyInfo> Keys => [.. typeof(UiWords).GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite && p.Name != "Language")];

    [Fact]
    public void The_interface_speaks_the_languages_it_promises() => UiWords.ByLanguage.Keys.ShouldBe(["ar", "de", "es", "fa", "fr", "ja", "zh"], ignoreOrder: true);

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_has_every_word(string language)
    {
        var words = UiWords.For(language + "-XX");
        foreach (var key in Keys)
        {
            var (own, english) = ((string)key.GetValue(words)!, (string)key.GetValue(UiWords.English)!);
            own.ShouldNotBeNullOrWhiteSpace();
            if (!Shared.Contains(english) && key.Name != "CommitsOf") own.ShouldNotBe(english, $"{language} lacks {key.Name}");
            foreach (var place in (string[])["{0}", "{1}"]) own.Contains(place).ShouldBe(english.Contains(place), $"{language}: {key.Name} must keep {place}");
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_kind_of_project_has_a_name_in_every_language(string language)
    {
        var words = UiWords.For(language);
        foreach (var kind in Enum.GetValues<ProjectCategory>()) KindWords.Of(kind, Audience.Developers, words).ShouldNotBeNullOrWhiteSpace();
        KindWords.Of(ProjectCategory.CommandLineTool, Audience.Developers, words).ShouldNotContain("Command-line");
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_search_script_is_given_its_words_as_json(string language)
    {
        var words = JsonDocument.Parse(UiWords.For(language).SearchJson).RootElement;
        words.GetProperty("none").GetString()!.ShouldContain("{0}");
        words.GetProperty("close").GetString().ShouldBe(UiWords.For(language).Close);
    }

    [Fact]
    public void A_share_is_a_part_of_a_hundred() => (UiWords.English.Percent(0.951), UiWords.For("de").Percent(0.951)).ShouldBe(("95.1%", "95,1\u202f%"));

    [Theory]
    [InlineData("en", "7 Mar 2026", "1,234")]
    [InlineData("de", "7. März 2026", "1.234")]
    [InlineData("es", "7 de marzo de 2026", "1234")]
    [InlineData("zh", "2026年3月7日", "1,234")]
    public void Dates_and_numbers_are_written_as_the_reader_writes_them(string language, string date, string number)
    {
        var words = UiWords.For(language);
        words.Date(new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero)).ShouldBe(date);
        words.Number(1234).Replace(".", language == "es" ? "" : ".").ShouldBe(number);
    }
}
