using Rialto.Sites.Themes.Wording;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Themes;

public sealed class BoxWordsTests
{
    [Theory]
    [InlineData("de", "Note", "Hinweis")]
    [InlineData("de-AT", "Tip", "Tipp")]
    [InlineData("zh-Hans", "Warning", "警告")]
    [InlineData("zh-Hant", "Info", "資訊")]
    [InlineData("zh", "Danger", "危险")]
    [InlineData("zh-CN", "Note", "说明")]
    [InlineData("ja", "Important", "重要")]
    [InlineData("fa", "Caution", "احتیاط")]
    [InlineData("pt-BR", "Note", "Nota")]
    [InlineData("en", "Note", "Note")]
    [InlineData("xx", "Note", "Note")]
    public void A_box_without_words_of_its_author_speaks_the_language_of_the_page(string language, string word, string shown) =>
        BoxWords.Translate(Title(word), language).ShouldBe(Title(shown));

    [Theory]
    [InlineData("Note about ropes")]
    [InlineData("Versionadded")]
    public void What_an_author_wrote_stays(string title) => BoxWords.Translate(Title(title), "de").ShouldBe(Title(title));

    [Fact]
    public void Folded_parts_too_and_nothing_else()
    {
        BoxWords.Translate("<details><summary>Details</summary>Note</details>", "fr").ShouldBe("<details><summary>Détails</summary>Note</details>");
        BoxWords.Translate("<p>Note</p>", "fr").ShouldBe("<p>Note</p>");
        BoxWords.Translate(null, "fr").ShouldBeNull();
    }

    [Theory]
    [InlineData("> [!NOTE]\n> x", "Note")]
    [InlineData("> [!CAUTION]\n> x", "Caution")]
    [InlineData("::: tip\nx\n:::", "Tip")]
    [InlineData("::: danger\nx\n:::", "Danger")]
    public void The_words_are_those_that_Markdown_writes(string markdown, string word) =>
        MarkdownReader.ToHtml(markdown, new Slots()).ShouldContain(Title(word));

    private static string Title(string word) => $"<p class=\"markdown-alert-title\">{word}</p>";
}
