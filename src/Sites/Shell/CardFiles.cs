using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Sites;

/// <summary>Draws the picture that chats and networks show for each page.</summary>
internal static class CardFiles
{
    /// <summary>Beyond this many pages the rest share the landing page's card: a card costs more than a page.</summary>
    private const int MaxCards = 400;

    public static async Task<SiteModel> WriteAsync(SiteModel model, ICards cards, ReadOnlyMemory<byte>? logo, CountingOutput output, WarningList warnings, CancellationToken cancel)
    {
        var pages = model.Pages.Where(page => page.Kind != PageKind.NotFound).Take(MaxCards).ToList();
        var drawn = new string?[pages.Count];
        try
        {
            var style = new CardStyle { SiteName = model.Title, Footer = model.BaseUrl!.Host, Logo = logo };
            if (model.Accent is { Length: 7 } accent) style = style with { Accent = accent };
            var texts = pages.Select(page => new CardText { Title = page.Title, Description = page.Description, Language = page.Language }).ToList();
            var notes = await cards.DrawAsync(style, texts, async (index, card) =>
            {
                drawn[index] = $"assets/cards/{(pages[index].Url.Length == 0 ? "index" : pages[index].Url.TrimEnd('/').Replace('/', '-'))}.png";
                await output.WriteAsync(drawn[index]!, card.Png, cancel);
            }, cancel);
            foreach (var note in notes) warnings.Add(note.Code, pages[note.Index].SourcePath ?? pages[note.Index].Url, note.Message);
        }
        catch (Refusal refusal) when (refusal.Code.StartsWith("workshop.", StringComparison.Ordinal))
        {
            warnings.Add("workshop.unavailable", "", $"No cards for social networks: {refusal.Message}");
            return model;
        }
        for (var at = 0; at < pages.Count; at++) pages[at].CardUrl = drawn[at];
        foreach (var page in model.Pages.Where(page => page.CardUrl is null && page.Kind != PageKind.NotFound)) page.CardUrl = drawn[0];
        return model;
    }
}
