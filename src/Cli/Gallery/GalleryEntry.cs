namespace Rialto.Cli;

/// <summary>What <c>rialto gallery --json</c> prints, on one line.</summary>
internal sealed record GalleryReport(string Out, IReadOnlyList<GalleryEntry> Sites);

/// <summary>One site of a gallery.</summary>
/// <param name="Folder">Where it lies, relative to the gallery.</param>
/// <param name="Title">What the project calls itself.</param>
/// <param name="Tagline">What it is, in its own words; empty when it does not say.</param>
/// <param name="Languages">The languages most of it is written in.</param>
/// <param name="Licence">SPDX expression, or null.</param>
/// <param name="Theme">Theme id.</param>
/// <param name="ThemeWasFixed">Whether the caller named the theme; otherwise the facts chose it.</param>
/// <param name="ThemeReason">Why this theme.</param>
/// <param name="Pages">Pages made.</param>
/// <param name="Seconds">From opening the repository to the last file.</param>
/// <param name="Pictures">Screenshots that were taken, relative to the gallery; null without Chromium.</param>
internal sealed record GalleryEntry(
    string Folder, string Title, string Tagline, IReadOnlyList<string> Languages, string? Licence, string Theme, bool ThemeWasFixed, string ThemeReason, int Pages, double Seconds, GalleryPictures? Pictures = null)
{
    private const int LanguagesShown = 3;

    public static GalleryEntry From(BuiltSite built, string folder, bool themeWasFixed) => new(
        folder, built.Facts.Title.Value, built.Facts.Tagline?.Value ?? built.Facts.Summary?.Value ?? "", [.. built.Facts.Languages.Take(LanguagesShown).Select(language => language.Name)],
        built.Facts.Licence?.Expression, built.Report.Theme, themeWasFixed, built.Report.ThemeReason, built.Report.Pages, Math.Round(built.DurationsMs.Values.Sum() / 1000, 2));
}

/// <summary>A site's start page as it looks on a desk, light and dark.</summary>
internal sealed record GalleryPictures(string Light, string Dark, int WidthPx, int HeightPx);
