using System.Collections.Concurrent;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Media.Tests.Cards;

public sealed class CardsTests(WorkshopFixture fixture)
{
    private static readonly CardStyle Style = new() { SiteName = "my-great-tool", Footer = "example.org" };

    public static TheoryData<string, string> Titles => new()
    {
        { "latin", "Getting started" },
        { "german", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" },
        { "arabic", "دليل البدء السريع للمطورين والمساهمين في المشروع" },
        { "mixed", "استخدام React 19 مع TypeScript في المشاريع (الجزء 2)" },
        { "chinese", "快速入门：如何在五分钟之内构建并部署你的第一个网站，无需任何配置" },
        { "japanese", "はじめに：設定ファイルなしで美しいドキュメントサイトを公開する方法" },
        { "korean", "빠른 시작: 설정 없이 첫 번째 사이트를 만들고 배포하기" },
        { "hebrew", "מדריך התחלה מהירה למפתחים" },
        { "devanagari", "त्वरित आरंभ मार्गदर्शिका: पहली वेबसाइट बनाएँ" },
        { "thai", "คู่มือเริ่มต้นใช้งานอย่างรวดเร็วสำหรับนักพัฒนา" },
        { "emoji", "🚀 Launch 👩‍💻 day 🇮🇹 is here ❤️!" },
        { "long", string.Concat(Enumerable.Repeat("A very long title that goes on and on ", 8)) },
    };

    [Theory, MemberData(nameof(Titles))]
    public async Task A_title_in_any_script_stands_on_the_card_and_leaves_the_margins_free(string name, string title)
    {
        fixture.Need();
        var (pixels, _) = await One(Style with { Character = name is "chinese" or "hebrew" ? CardCharacter.Technical : name is "arabic" or "german" ? CardCharacter.Expressive : CardCharacter.Plain, Dark = name.Length % 2 == 0 }, new() { Title = title, Description = "Everything you need to know to build, test and publish your first site from an existing repository." }, name);
        var ink = Ink(pixels, CardPalette.Strong);
        ink.Count.ShouldBeGreaterThan(1500);
        ink.Left.ShouldBeGreaterThanOrEqualTo(CardGround.Margin - 6);
        ink.Right.ShouldBeLessThanOrEqualTo(CardCanvas.Width - CardGround.Margin + 6);
        ink.Top.ShouldBeGreaterThan(CardGround.FirstRow);
        ink.Bottom.ShouldBeLessThan(CardGround.EndRow - 1);
    }

    [Fact]
    public async Task A_title_in_a_right_to_left_script_begins_at_the_right_margin()
    {
        fixture.Need();
        var (arabic, _) = await One(Style, new() { Title = "مرحبا" });
        var (latin, _) = await One(Style, new() { Title = "Hello" });
        Ink(arabic, CardPalette.Strong).Right.ShouldBeInRange(CardCanvas.Width - CardGround.Margin - 20, CardCanvas.Width - CardGround.Margin + 4);
        Ink(latin, CardPalette.Strong).Left.ShouldBeInRange(CardGround.Margin - 4, CardGround.Margin + 20);
    }

    [Fact]
    public async Task A_title_whose_script_no_font_covers_gives_way_to_the_name_of_the_site()
    {
        fixture.Need();
        var (pixels, notes) = await One(Style, new() { Title = "𒀀𒀁𒀂" });
        notes.ShouldHaveSingleItem().Code.ShouldBe("card.script_missing");
        var (named, _) = await One(Style, new() { Title = "my-great-tool" });
        pixels.ShouldBe(named);
    }

    [Fact]
    public async Task A_title_without_end_is_shortened_and_said_so()
    {
        fixture.Need();
        var (_, notes) = await One(Style, new() { Title = new string('x', 500) });
        notes.ShouldHaveSingleItem().Code.ShouldBe("card.shortened");
    }

    [Fact]
    public async Task The_same_card_is_the_same_bytes_and_a_thousand_come_each_once()
    {
        fixture.Need();
        var drawn = new ConcurrentDictionary<int, byte[]>();
        var texts = Enumerable.Range(0, 1000).Select(i => new CardText { Title = $"Page {i % 10}", Description = "Text" }).ToList();
        await fixture.Media.Cards.DrawAsync(Style, texts, (i, card) => { drawn.TryAdd(i, card.Png.ToArray()).ShouldBeTrue(); return default; }, TestContext.Current.CancellationToken);
        drawn.Count.ShouldBe(1000);
        drawn[7].ShouldBe(drawn[997]);
        drawn[7].ShouldNotBe(drawn[8]);
    }

    [Fact]
    public async Task Nothing_asked_is_nothing_drawn() =>
        (await fixture.Media.Cards.DrawAsync(Style, [], (_, _) => throw new InvalidOperationException(), TestContext.Current.CancellationToken)).ShouldBeEmpty();

    private async Task<(byte[] Pixels, IReadOnlyList<CardNote> Notes)> One(CardStyle style, CardText text, string? name = null)
    {
        byte[] png = [];
        var notes = await fixture.Media.Cards.DrawAsync(style, [text], (_, card) => { png = card.Png.ToArray(); return default; }, TestContext.Current.CancellationToken);
        ImageHeader.Read(png).ShouldBe(new ImageHeader(ImageKind.Png, 1200, 630, false));
        if (Environment.GetEnvironmentVariable("RIALTO_KEEP_CARDS") is { } folder && name is not null) File.WriteAllBytes(Path.Combine(folder, name + ".png"), png);
        return (PngReader.Pixels(png), notes);
    }

    /// <summary>Where letters of one ink are: those that are nearly full, so that a smooth edge does not count.</summary>
    private static (int Left, int Right, int Top, int Bottom, int Count) Ink(byte[] pixels, Ink ink)
    {
        (int Left, int Right, int Top, int Bottom, int Count) found = (int.MaxValue, -1, int.MaxValue, -1, 0);
        for (var y = CardGround.FirstRow; y < CardGround.EndRow; y++)
            for (var x = 0; x < CardCanvas.Width; x++)
                if (pixels[y * CardCanvas.Width + x] is var p && p > ink.First && p <= ink.Full)
                    found = (Math.Min(found.Left, x), Math.Max(found.Right, x), Math.Min(found.Top, y), Math.Max(found.Bottom, y), found.Count + 1);
        return found;
    }
}
