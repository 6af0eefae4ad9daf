using System.Collections.Frozen;

namespace Rialto.Sites.Themes.Wording;

/// <summary>The words over boxes (note, tip, warning …) in the language of the page, where its author wrote none.</summary>
internal static class BoxWords
{
    private static readonly string[] English = ["Note", "Tip", "Important", "Warning", "Caution", "Info", "Danger", "Details"];

    private static readonly FrozenDictionary<string, string[]> Words = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = ["ملاحظة", "نصيحة", "مهم", "تحذير", "تنبيه", "معلومات", "خطر", "التفاصيل"],
        ["de"] = ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht", "Info", "Gefahr", "Details"],
        ["es"] = ["Nota", "Consejo", "Importante", "Advertencia", "Precaución", "Información", "Peligro", "Detalles"],
        ["fa"] = ["نکته", "راهنمایی", "مهم", "هشدار", "احتیاط", "اطلاعات", "خطر", "جزئیات"],
        ["fr"] = ["Remarque", "Astuce", "Important", "Avertissement", "Attention", "Info", "Danger", "Détails"],
        ["hi"] = ["टिप्पणी", "सुझाव", "महत्वपूर्ण", "चेतावनी", "सावधानी", "जानकारी", "खतरा", "विवरण"],
        ["it"] = ["Nota", "Suggerimento", "Importante", "Avviso", "Attenzione", "Info", "Pericolo", "Dettagli"],
        ["ja"] = ["注記", "ヒント", "重要", "警告", "注意", "情報", "危険", "詳細"],
        ["ko"] = ["참고", "팁", "중요", "경고", "주의", "정보", "위험", "자세히"],
        ["nl"] = ["Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Voorzichtig", "Info", "Gevaar", "Details"],
        ["pl"] = ["Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Ostrożnie", "Informacja", "Niebezpieczeństwo", "Szczegóły"],
        ["pt"] = ["Nota", "Dica", "Importante", "Aviso", "Cuidado", "Informação", "Perigo", "Detalhes"],
        ["ru"] = ["Примечание", "Совет", "Важно", "Предупреждение", "Осторожно", "Информация", "Опасно", "Подробности"],
        ["tr"] = ["Not", "İpucu", "Önemli", "Uyarı", "Dikkat", "Bilgi", "Tehlike", "Ayrıntılar"],
        ["uk"] = ["Примітка", "Порада", "Важливо", "Попередження", "Обережно", "Інформація", "Небезпека", "Подробиці"],
        ["zh-Hans"] = ["说明", "提示", "重要", "警告", "小心", "信息", "危险", "详情"],
        ["zh-Hant"] = ["說明", "提示", "重要", "警告", "小心", "資訊", "危險", "詳情"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The page with the words that stand over boxes by themselves put into its language; words that an author chose stay.</summary>
    public static string? Translate(string? html, string? language)
    {
        if (html is null || language is null || For(language) is not { } words) return html;
        var hasBoxes = html.Contains("markdown-alert-title", StringComparison.Ordinal);
        if (!hasBoxes && !html.Contains("<summary>Details</summary>", StringComparison.Ordinal)) return html;
        for (var at = 0; at < English.Length; at++)
            html = at == English.Length - 1
                ? html.Replace($"<summary>{English[at]}</summary>", $"<summary>{words[at]}</summary>", StringComparison.Ordinal)
                : html.Replace($"class=\"markdown-alert-title\">{English[at]}</p>", $"class=\"markdown-alert-title\">{words[at]}</p>", StringComparison.Ordinal);
        return html;
    }

    private static string[]? For(string language) =>
        Words.GetValueOrDefault(language) ?? (language.Equals("zh", StringComparison.OrdinalIgnoreCase) || language.Equals("zh-CN", StringComparison.OrdinalIgnoreCase) ? Words["zh-Hans"] : Words.GetValueOrDefault(language.Split('-')[0]));
}
