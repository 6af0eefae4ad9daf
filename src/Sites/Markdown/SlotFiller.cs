using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Sites;

/// <summary>
/// Highlights code and sets mathematics while other documents are still being read: documents are handed over as they come, and go
/// to the workshop in batches. Without the workshop both stay readable text.
/// </summary>
internal sealed class SlotFiller(ITypesetting? typesetting, WarningList warnings, CancellationToken cancel)
{
    /// <summary>Text per batch: small enough that the first is back before the last document is read.</summary>
    private const int BatchChars = 96 * 1024;

    private readonly Lock gate = new();
    private readonly List<SlotBatch> batches = [];
    private List<Document> waiting = [];
    private int waitingChars;

    /// <summary>Hands over a document that has been read. Safe for concurrent use.</summary>
    public void Add(Document document)
    {
        lock (gate)
        {
            waiting.Add(document);
            foreach (var slot in document.Slots.All) waitingChars += slot.Text.Length;
            if (waitingChars >= BatchChars) Send();
        }
    }

    /// <summary>Sends what is left and returns all batches, in the order in which their work was begun.</summary>
    public IReadOnlyList<SlotBatch> Finish()
    {
        lock (gate)
        {
            if (waiting.Count > 0) Send();
            return [.. batches];
        }
    }

    private void Send()
    {
        var documents = waiting;
        (waiting, waitingChars) = ([], 0);
        batches.Add(new SlotBatch(documents, Task.Run(() => FillAsync(documents), cancel)));
    }

    private async Task FillAsync(List<Document> documents)
    {
        var slots = documents.SelectMany(document => document.Slots.All).ToList();
        var code = slots.FindAll(slot => slot is { Kind: SlotKind.Code, Info.Language: not null });
        var formulas = slots.FindAll(slot => slot.Kind is SlotKind.Formula or SlotKind.DisplayFormula);
        try
        {
            if (typesetting is not null && code.Count > 0)
            {
                var results = await typesetting.HighlightAsync([.. code.Select(slot => new CodeBlock(slot.Info.Language, slot.Text))], cancel);
                for (var at = 0; at < code.Count; at++) code[at].Html = CodeMarkup.Block(code[at].Info, results[at].Html);
            }
            if (typesetting is not null && formulas.Count > 0)
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
        foreach (var slot in slots)
            if (slot.Html.Length == 0) slot.Html = Plain(slot);
    }

    private static string Plain(Slot slot) => slot.Kind switch
    {
        SlotKind.Code => CodeMarkup.Block(slot.Info, Entities.Escape(slot.Text)),
        SlotKind.Diagram => CodeMarkup.Diagram(slot.Text),
        SlotKind.DisplayFormula => $"<div class=\"math\" dir=\"ltr\"><code>{Entities.Escape(slot.Text)}</code></div>",
        _ => $"<code dir=\"ltr\">{Entities.Escape(slot.Text)}</code>",
    };
}

/// <param name="Documents">Documents whose places are filled together.</param>
/// <param name="Filled">Completes when they are.</param>
internal sealed record SlotBatch(IReadOnlyList<Document> Documents, Task Filled);
