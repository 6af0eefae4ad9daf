using System.Text;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class TextsTests
{
    private static readonly Texts Shop = new("Shop", language => language.Code switch
    {
        "en" => File("""
            { "hello": "Hello {name}!", "plain": "Braces {{stay}}", "only": "English",
              "left": { "=0": "Nothing left", "one": "{count} piece left of {all}", "other": "{count} pieces left of {all}" },
              "votes": { "by": "votes", "one": "{votes} vote", "other": "{votes} votes" },
              "more": "Read {link} & smile", "when": "Since {at}", "refusal.shop.closed": "Closed until {hour}." }
            """),
        "ar" => File("""
            { "hello": "مرحبًا {name}!", "left": { "zero": "صفر", "one": "قطعة", "two": "قطعتان", "few": "{count} قطع من {all}", "many": "{count} قطعة", "other": "{count} قطعة {all}" },
              "refusal.shop.closed": "مغلق حتى {hour}." }
            """),
        _ => null,
    });

    private static readonly Wording English = Shop.In(Language.English), Arabic = Shop.In(Language.Arabic);

    [Fact]
    public void Places_take_their_values_by_name()
    {
        English.Say("hello", ("name", "Ada")).ShouldBe("Hello Ada!");
        English["plain"].ShouldBe("Braces {stay}");
        English.Say("when", ("at", new DateOnly(2026, 3, 5))).ShouldBe("Since Mar 5, 2026");
        English.Say("when", ("at", new DateTimeOffset(2026, 3, 5, 17, 8, 0, TimeSpan.Zero))).ShouldBe("Since Mar 5, 2026, 5:08\u202fPM");
        English.Say("when", ("at", 1234.5)).ShouldBe("Since 1,234.5");
    }

    [Theory]
    [InlineData(0, "Nothing left")]
    [InlineData(1, "1 piece left of 9,000")]
    [InlineData(1200, "1,200 pieces left of 9,000")]
    public void The_number_chooses_the_form(int count, string expected) => English.Say("left", ("count", count), ("all", 9000)).ShouldBe(expected);

    [Fact]
    public void Another_number_than_count_may_choose() => English.Say("votes", ("votes", 1L)).ShouldBe("1 vote");

    [Fact]
    public void Arabic_has_six_forms() =>
        new[] { 0, 1, 2, 3, 11, 100 }.Select(count => Arabic.Say("left", ("count", count), ("all", 200)))
            .ShouldBe(["صفر", "قطعة", "قطعتان", "3 قطع من 200", "11 قطعة", "100 قطعة 200"]);

    [Fact]
    public void Names_are_isolated_where_directions_could_mix()
    {
        Arabic.Say("hello", ("name", "Ada")).ShouldBe("مرحبًا \u2068Ada\u2069!");
        English.Say("hello", ("name", "آدا")).ShouldBe("Hello \u2068آدا\u2069!");
        Arabic.Html("hello", ("name", "Ada")).ShouldBe("مرحبًا <bdi>Ada</bdi>!");
    }

    [Fact]
    public void In_HTML_only_our_own_markup_stays_markup()
    {
        English.Html("hello", ("name", "<script>")).ShouldBe("Hello <bdi>&lt;script&gt;</bdi>!");
        English.Html("more", ("link", new RawHtml("<a href=\"/\">this</a>"))).ShouldBe("Read <a href=\"/\">this</a> &amp; smile");
        Should.Throw<InvalidOperationException>(() => English.Say("more", ("link", new RawHtml("<b>"))));
    }

    [Fact]
    public void A_text_that_only_English_has_is_said_in_English_and_one_nobody_has_is_a_bug()
    {
        Arabic["only"].ShouldBe("English");
        Should.Throw<InvalidOperationException>(() => English["missing"]).Message.ShouldContain("Shop has no text missing");
        English.Find("missing").ShouldBeNull();
        English.Find("hello", ("name", "Ada")).ShouldBe("Hello Ada!");
    }

    [Fact]
    public void A_forgotten_value_is_a_bug()
    {
        Should.Throw<InvalidOperationException>(() => English["hello"]).Message.ShouldContain("needs a value for name");
        Should.Throw<InvalidOperationException>(() => English.Say("left", ("all", 1))).Message.ShouldContain("needs a value for count");
        Should.Throw<InvalidOperationException>(() => English.Say("left", ("count", "three"), ("all", 1))).Message.ShouldContain("as a number");
    }

    [Theory]
    [InlineData("""{ "a": "open {name" }""")]
    [InlineData("""{ "a": "close }" }""")]
    [InlineData("""{ "a": "empty {}" }""")]
    [InlineData("""{ "a": "{na me}" }""")]
    [InlineData("""{ "a": 5 }""")]
    [InlineData("""{ "a": { "one": "x" } }""")]
    [InlineData("""{ "a": { "some": "x", "other": "y" } }""")]
    [InlineData("""{ "a": "x", "a": "y" }""")]
    public void A_file_with_a_mistake_names_the_text(string json) =>
        Should.Throw<InvalidOperationException>(() => new Texts("Shop", _ => File(json)).In(Language.English)["a"]).Message.ShouldContain("a");

    [Fact]
    public void A_refusal_is_said_in_the_readers_language_when_its_details_fill_the_text()
    {
        var closed = new Refusal("shop.closed", "Closed till 9.", 409) { Details = new Dictionary<string, string> { ["hour"] = "9" } };
        English.Refusal(closed).ShouldBe("Closed until 9.");
        Arabic.Refusal(closed).ShouldBe("مغلق حتى \u20689\u2069.");
        Arabic.Refusal(new Refusal("shop.closed", "Closed.")).ShouldBe("Closed.");
        Arabic.Refusal(new Refusal("shop.burnt", "Burnt down.")).ShouldBe("Burnt down.");
        Shop.In(Language.German).Refusal(new Refusal("database.unreachable", "…")).ShouldStartWith("Die Datenbank antwortet");
        RefusalWords.In(Language.Arabic, closed, [Texts.OfKernel, Shop]).Message.ShouldStartWith("مغلق");
        RefusalWords.In(Language.English, closed, [Shop]).ShouldBeSameAs(closed);
    }

    private static MemoryStream File(string json) => new(Encoding.UTF8.GetBytes(json));
}
