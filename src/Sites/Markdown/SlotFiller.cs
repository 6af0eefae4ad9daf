using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Sites;

/// <summary>Highlights all code and sets all mathematics of a site in one batch each. Without the workshop both stay readable text.</summary>
internal static class SlotFiller
{
    public static async Task FillAsync(IReadOnlyList<Document> documents, ITypesetting? typesetting, WarningList warnings, CancellationToken cancel)
    {
        var slots = documents.SelectMany(document => document.Slots.All).ToList();
        var code = slots.FindAll(slot => slot.Kind == SlotKind.Code);
        var formulas = slots.FindAll(slot => slot.Kind is SlotKind.Formula or SlotKind.DisplayFormula);
        foreach (var slot in slots) slot.Html = Plain(slot);
        if (typesetting is null || code.Count + formulas.Count == 0) return;
        try
        {
            var known = code.FindAll(slot => slot.Info.Language is not null);
            if (known.Count > 0)
            {
                var results = await typesetting.HighlightAsync([.. known.Select(slot => new CodeBlock(slot.Info.Language, slot.Text))], cancel);
                for (var at = 0; at < known.Count; at++) known[at].Html = CodeMarkup.Block(known[at].Info, results[at].Html);
            }
            if (formulas.Count > 0)
            {
                var results = await typesetting.SetFormulasAsync([.. formulas.Select(slot => new Formula(slot.Text, slot.IsBlock))], cancel);
                for (var at = 0; at < formulas.Count; at++)
                    if (results[at].Error is null) formulas[at].Html = formulas[at].IsBlock ? $"<div class=\"math\" dir=\"ltr\">{results[at].Html}</div>" : results[at].Html;
            }
        }
        catch (Refusal refusal) when (refusal.Code.StartsWith("workshop.", StringComparison.Ordinal))
        {
            warnings.Add("workshop.unavailable", "", $"Code is not coloured and mathematics is shown as written: {refusal.Message}");
        }
    }

    private static string Plain(Slot slot) => slot.Kind switch
    {
        SlotKind.Code => CodeMarkup.Block(slot.Info, Entities.Escape(slot.Text)),
        SlotKind.Diagram => CodeMarkup.Diagram(slot.Text),
        SlotKind.DisplayFormula => $"<div class=\"math\" dir=\"ltr\"><code>{Entities.Escape(slot.Text)}</code></div>",
        _ => $"<code dir=\"ltr\">{Entities.Escape(slot.Text)}</code>",
    };
}
