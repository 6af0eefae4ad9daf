using Rialto.Kernel;

namespace Rialto.Media;

/// <inheritdoc/>
internal sealed class Typesetting(IWorkshop workshop) : ITypesetting
{
    /// <summary>Text per call: large enough to waste no time, small enough to let other calls in between.</summary>
    private const int BatchChars = 256 * 1024;

    public async Task<IReadOnlyList<HighlightedCode>> HighlightAsync(IReadOnlyList<CodeBlock> blocks, CancellationToken cancel = default)
    {
        var done = new List<HighlightedCode>(blocks.Count);
        foreach (var batch in Batches(blocks, block => block.Code.Length))
        {
            var call = new HighlightCall([.. batch.Select(block => new HighlightBlock(block.Language, block.Code))]);
            var answer = await workshop.CallAsync("highlight", call, WorkshopJson.Default.HighlightCall, WorkshopJson.Default.HighlightAnswer, cancel: cancel);
            done.AddRange(answer.Value.Blocks.Select(block => new HighlightedCode(block.Html, block.Lang)));
        }
        return done;
    }

    public async Task<IReadOnlyList<SetFormula>> SetFormulasAsync(IReadOnlyList<Formula> formulas, CancellationToken cancel = default)
    {
        var done = new List<SetFormula>(formulas.Count);
        foreach (var batch in Batches(formulas, formula => formula.Tex.Length * 16))
        {
            var call = new MathCall([.. batch.Select(formula => new MathFormula(formula.Tex, formula.Display))]);
            var answer = await workshop.CallAsync("math", call, WorkshopJson.Default.MathCall, WorkshopJson.Default.MathAnswer, cancel: cancel);
            done.AddRange(answer.Value.Formulas.Select(formula => new SetFormula(formula.Html, formula.Error)));
        }
        return done;
    }

    private static IEnumerable<List<T>> Batches<T>(IReadOnlyList<T> items, Func<T, int> weight)
    {
        var batch = new List<T>();
        var chars = 0;
        foreach (var item in items)
        {
            batch.Add(item);
            if ((chars += weight(item)) < BatchChars) continue;
            yield return batch;
            (batch, chars) = ([], 0);
        }
        if (batch.Count > 0) yield return batch;
    }
}
