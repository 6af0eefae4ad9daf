using System.Globalization;
using System.Net;
using System.Text;

namespace Rialto.Cli;

/// <summary>The page that shows the sites of a gallery: one file, no script, nothing fetched but its pictures.</summary>
internal static class GalleryPage
{
    private const string Style = """
        :root{color-scheme:light dark;--bg:#fbfaf8;--card:#fff;--fg:#1b1a17;--soft:#5d5a53;--line:#e4e0d8;--mark:#8a3b12}
        @media(prefers-color-scheme:dark){:root{--bg:#141311;--card:#1d1b18;--fg:#f1eee8;--soft:#aaa59b;--line:#35322d;--mark:#f0a878}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--fg);font:1.0625rem/1.65 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
        header,main,footer{max-inline-size:86rem;margin-inline:auto;padding-inline:clamp(1.25rem,4vw,3.5rem)}
        header{padding-block:clamp(3rem,8vw,6.5rem) clamp(2rem,4vw,3.5rem)}
        h1{margin:0;font-size:clamp(2.4rem,6vw,4.25rem);line-height:1.05;letter-spacing:-.03em;text-wrap:balance;max-inline-size:18ch}
        header p{margin:1.25rem 0 0;max-inline-size:60ch;color:var(--soft);font-size:1.2rem}
        ul{list-style:none;margin:0;padding:0;display:grid;gap:clamp(2rem,4vw,3.5rem) clamp(1.5rem,3vw,2.5rem);grid-template-columns:repeat(auto-fill,minmax(min(100%,25rem),1fr))}
        article{position:relative;display:flex;flex-direction:column}
        .shot{display:block;overflow:hidden;border:1px solid var(--line);border-radius:12px;background:var(--card);aspect-ratio:3/2;transition:border-color .2s,box-shadow .2s}
        .shot img{display:block;inline-size:100%;block-size:100%;object-fit:cover;object-position:top}
        article:hover .shot{border-color:var(--mark);box-shadow:0 14px 40px -22px rgb(0 0 0/.45)}
        h2{margin:1.1rem 0 0;font-size:1.35rem;line-height:1.25;letter-spacing:-.01em;overflow-wrap:anywhere}
        h2 a{color:inherit;text-decoration:none}
        h2 a::after{content:"";position:absolute;inset:0;border-radius:12px}
        h2 a:focus-visible{outline:0}
        h2 a:focus-visible::after{outline:3px solid var(--mark);outline-offset:4px}
        .what{margin:.35rem 0 0;color:var(--soft);display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
        .facts{margin:.7rem 0 0;font-size:.9rem;color:var(--soft);font-variant-numeric:tabular-nums}
        .facts b{color:var(--mark);font-weight:600}
        footer{padding-block:4rem;color:var(--soft);font-size:.95rem}
        @media(prefers-reduced-motion:reduce){*{transition:none!important}}
        """;

    public static string Html(IReadOnlyList<GalleryEntry> entries)
    {
        var themes = entries.Select(entry => entry.Theme).Distinct(StringComparer.Ordinal).Count();
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Gallery</title>")
            .Append("<meta name=\"description\" content=\"Sites that were made from Git repositories, each with one command.\"><link rel=\"icon\" href=\"data:,\"><style>").Append(Style).Append("</style></head><body>\n")
            .Append(CultureInfo.InvariantCulture, $"<header><h1>{Count(entries.Count, "repository", "repositories")}, {Count(entries.Count, "site", "sites")}</h1>")
            .Append(CultureInfo.InvariantCulture, $"<p>Nobody touched these pages: each site was made from the repository as it is, in one run. {Count(entries.Sum(entry => entry.Pages), "page", "pages")} in {Count(themes, "theme", "themes")}, {entries.Sum(entry => entry.Seconds):0} seconds in all.</p></header>\n<main><ul>\n");
        for (var index = 0; index < entries.Count; index++) Append(text, entries[index], index);
        text.Append("</ul></main>\n<footer>Made with Rialto. A theme marked as fixed was named by hand; the others were chosen from the facts of the repository.</footer>\n</body></html>\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, GalleryEntry entry, int index)
    {
        text.Append("<li><article>");
        if (entry.Pictures is { } pictures)
        {
            var lazy = index > 2 ? " loading=\"lazy\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"<picture class=\"shot\"><source media=\"(prefers-color-scheme: dark)\" srcset=\"{pictures.Dark}\"><img src=\"{pictures.Light}\" alt=\"Start page of {Safe(entry.Title)}\" width=\"{pictures.WidthPx}\" height=\"{pictures.HeightPx}\"{lazy}></picture>");
        }
        text.Append(CultureInfo.InvariantCulture, $"<h2 dir=\"auto\"><a href=\"{entry.Folder}/index.html\">{Safe(entry.Title)}</a></h2>");
        if (entry.Tagline.Length > 0) text.Append(CultureInfo.InvariantCulture, $"<p class=\"what\" dir=\"auto\">{Safe(entry.Tagline)}</p>");
        var facts = new List<string> { $"<b>{entry.Theme}</b>{(entry.ThemeWasFixed ? " (fixed)" : "")}" };
        if (entry.Languages.Count > 0) facts.Add(Safe(string.Join(", ", entry.Languages)));
        if (entry.Licence is { } licence) facts.Add(Safe(licence));
        facts.Add(Count(entry.Pages, "page", "pages"));
        facts.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Seconds:0.0} s"));
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"facts\">{string.Join(" · ", facts)}</p></article></li>\n");
    }

    private static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? one : many)}");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
