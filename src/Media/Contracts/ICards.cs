namespace Rialto.Media;

/// <summary>
/// Draws the 1200×630 picture that social networks and chats show for a page (Open Graph, Twitter). Text is shaped (Arabic, Devanagari),
/// ordered (right-to-left, mixed), broken into measured lines and shrunk until it fits: never clipped, never a box in place of a letter.
/// </summary>
public interface ICards
{
    /// <summary>Draws one PNG per page, in parallel. Nothing about them depends on the clock or on the machine's own fonts as long as the workshop's fonts cover the text.</summary>
    /// <param name="style">What all cards of a site share.</param>
    /// <param name="texts">One per page.</param>
    /// <param name="ready">Called once per card as soon as it is drawn, with its index in <paramref name="texts"/>; from several threads at once and in any order.</param>
    /// <param name="cancel">Stops between two cards.</param>
    /// <returns>What could not be drawn as asked; empty when all went well.</returns>
    /// <exception cref="Rialto.Kernel.Refusal"><c>workshop.unavailable</c> when the workshop, which shapes the text, cannot run.</exception>
    Task<IReadOnlyList<CardNote>> DrawAsync(CardStyle style, IReadOnlyList<CardText> texts, Func<int, DrawnCard, ValueTask> ready, CancellationToken cancel = default);
}

/// <summary>A finished card.</summary>
/// <param name="Png">The PNG file, 1200×630.</param>
/// <param name="Alt">A sentence for <c>og:image:alt</c>.</param>
public sealed record DrawnCard(ReadOnlyMemory<byte> Png, string Alt);

/// <summary>What a card says.</summary>
public sealed record CardText
{
    /// <summary>The page's title. Empty, or in a script no font covers: the site's name stands there instead.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences under the title; left out when there is no room or it is null.</summary>
    public string? Description { get; init; }

    /// <summary>BCP 47 tag; tells Chinese from Japanese forms of a character. Null when unknown.</summary>
    public string? Language { get; init; }
}

/// <summary>What all cards of one site share.</summary>
public sealed record CardStyle
{
    /// <summary>Name of the project: top line, beside the logo or initials.</summary>
    public required string SiteName { get; init; }

    /// <summary>Bottom line, for example the address of the site; null for none.</summary>
    public string? Footer { get; init; }

    /// <summary>Accent colour, <c>#rrggbb</c>.</summary>
    public string Accent { get; init; } = "#3b5bdb";

    /// <summary>Light letters on a dark ground.</summary>
    public bool Dark { get; init; }

    /// <summary>How the theme looks: quiet, technical or loud.</summary>
    public CardCharacter Character { get; init; }

    /// <summary>The logo as PNG, JPEG, WebP, GIF or (sanitised) SVG; null draws the initials of <see cref="SiteName"/>.</summary>
    public ReadOnlyMemory<byte>? Logo { get; init; }
}

/// <summary>The ground a card is drawn on.</summary>
public enum CardCharacter
{
    /// <summary>Plain ground with one accent line.</summary>
    Plain,

    /// <summary>A fine grid, as on drawing paper.</summary>
    Technical,

    /// <summary>Large soft shapes in the accent colour.</summary>
    Expressive,
}

/// <param name="Index">Index of the card.</param>
/// <param name="Code">Stable: <c>card.script_missing</c> (no font covers the script), <c>card.shortened</c> (a title of extreme length ends in an ellipsis).</param>
/// <param name="Message">One sentence.</param>
public sealed record CardNote(int Index, string Code, string Message);
