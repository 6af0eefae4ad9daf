using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Sites;

/// <summary>Draws the picture that chats and networks show for each page. Their addresses are given out before they are drawn, so that pages need not wait.</summary>
internal static class CardFiles
{
    /// <summary>Beyond this many pages the rest share the landing page's card: a card costs as much as a page.</summary>
    private const int MaxCards = 2000;

    /// <summary>Gives each page the address of its card.</summary>
    public static void Assign(SiteModel model)
    {
        var first = Drawn(model).FirstOrDefault();
        foreach (var page in Drawn(model)) page.CardUrl = AddressOf(page);
        foreach (var page in model.Pages.Where(page => page.CardUrl is null && page.Kind != PageKind.NotFound)) page.CardUrl = first?.CardUrl;
    }

    /// <summary>Draws what <see cref="Assign"/> promised; false when no card can be drawn, and then no page names one any more.</summary>
    public static async Task<bool> DrawAsync(SiteModel model, ICards cards, ReadOnlyMemory<byte>? logo, CountingOutput output, WarningList warnings, CancellationToken cancel)
    {
        var pages = Drawn(model).ToList();
        try
        {
            var style = new CardStyle { SiteName = model.Title, Footer = model.BaseUrl!.Host, Logo = logo };
            if (model.Accent is { Length: 7 } accent) style = style with { Accent = accent };
            var texts = pages.Select(page => new CardText { Title = page.Title, Description = page.Description, Language = page.Language }).ToList();
            var notes = await cards.DrawAsync(style, texts, (index, card) => output.WriteAsync(AddressOf(pages[index]), card.Png, cancel), cancel);
            foreach (var note in notes) warnings.Add(note.Code, pages[note.Index].SourcePath ?? pages[note.Index].Url, note.Message);
            return true;
        }
        catch (Refusal refusal) when (refusal.Code.StartsWith("workshop.", StringComparison.Ordinal))
        {
            warnings.Add("workshop.unavailable", "", $"No cards for social networks: {refusal.Message}");
            foreach (var page in model.Pages) page.CardUrl = null;
            return false;
        }
    }

    private static IEnumerable<SitePage> Drawn(SiteModel model) => model.Pages.Where(page => page.Kind != PageKind.NotFound).Take(MaxCards);

    private static string AddressOf(SitePage page) => $"assets/cards/{(page.Url.Length == 0 ? "index" : page.Url.TrimEnd('/').Replace('/', '-'))}.png";
}
