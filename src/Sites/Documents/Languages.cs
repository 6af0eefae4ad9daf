using System.Collections.Frozen;

namespace Rialto.Sites;

/// <summary>Human languages in file and folder names.</summary>
internal static class Languages
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "English", ["de"] = "Deutsch", ["fr"] = "Français", ["es"] = "Español", ["pt"] = "Português", ["pt-BR"] = "Português (Brasil)", ["it"] = "Italiano", ["nl"] = "Nederlands", ["pl"] = "Polski",
        ["ru"] = "Русский", ["uk"] = "Українська", ["cs"] = "Čeština", ["sk"] = "Slovenčina", ["hu"] = "Magyar", ["ro"] = "Română", ["bg"] = "Български", ["el"] = "Ελληνικά", ["tr"] = "Türkçe", ["sv"] = "Svenska",
        ["da"] = "Dansk", ["nb"] = "Norsk", ["fi"] = "Suomi", ["ar"] = "العربية", ["fa"] = "فارسی", ["he"] = "עברית", ["ur"] = "اردو", ["hi"] = "हिन्दी", ["bn"] = "বাংলা", ["th"] = "ไทย", ["vi"] = "Tiếng Việt",
        ["id"] = "Bahasa Indonesia", ["ja"] = "日本語", ["ko"] = "한국어", ["zh-Hans"] = "简体中文", ["zh-Hant"] = "繁體中文", ["ca"] = "Català", ["eu"] = "Euskara", ["gl"] = "Galego", ["sr"] = "Српски", ["hr"] = "Hrvatski", ["ta"] = "தமிழ்",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The language's name in itself.</summary>
    public static string Label(string tag) => Names.GetValueOrDefault(tag) ?? Names.GetValueOrDefault(tag.Split('-')[0]) ?? tag;

    /// <summary><c>README.zh-CN.md</c>, <c>README_ja.md</c>, <c>README-fr.md</c> → a tag; null for any other name.</summary>
    public static string? OfReadme(string fileName)
    {
        var stem = Titles.FileStem(fileName);
        return stem.Length > 8 && stem.StartsWith("readme", StringComparison.OrdinalIgnoreCase) && stem[6] is '.' or '-' or '_' ? Tag(stem[7..]) : null;
    }

    /// <summary><c>zh/guide/a.md</c> → (<c>zh-Hans</c>, <c>guide/a.md</c>); <c>guide/a.zh.md</c> likewise; (null, path) without a language.</summary>
    public static (string? Language, string Inside) OfFolder(string inside)
    {
        var slash = inside.IndexOf('/');
        if (slash > 0 && Tag(inside[..slash]) is { } tag) return (tag, inside[(slash + 1)..]);
        var stem = Titles.FileStem(inside);
        if (stem.LastIndexOf('.') is > 0 and var dot && Tag(stem[(dot + 1)..]) is { } suffix)
            return (suffix, Paths.Folder(inside) is { Length: > 0 } folder ? $"{folder}/{stem[..dot]}{Path.GetExtension(inside)}" : stem[..dot] + Path.GetExtension(inside));
        return (null, inside);
    }

    private static string? Tag(string text) => text.Replace('_', '-').ToLowerInvariant() switch
    {
        "zh" or "cn" or "zh-cn" or "zh-hans" or "chs" or "zh-sg" or "chinese" or "zhcn" => "zh-Hans",
        "tw" or "zh-tw" or "zh-hant" or "zh-hk" or "cht" => "zh-Hant",
        "jp" or "ja-jp" or "japanese" => "ja",
        "kr" or "ko-kr" or "korean" => "ko",
        "pt-br" or "ptbr" or "br" => "pt-BR",
        "es-es" or "spanish" => "es", "fr-fr" or "french" => "fr", "de-de" or "german" => "de", "ru-ru" or "russian" => "ru", "en-us" or "en-gb" or "english" => "en", "uk-ua" or "ua" => "uk", "vi-vn" or "vn" => "vi", "tr-tr" => "tr", "it-it" => "it", "pl-pl" => "pl", "fa-ir" or "per" => "fa", "ar-sa" => "ar", "no" => "nb",
        var tag when Names.ContainsKey(tag) => tag,
        _ => null,
    };
}
