using System.Text;
using Rialto.Kernel;

namespace Rialto.Media;

/// <inheritdoc/>
internal sealed class Typesetting(IWorkshop workshop, PackCache cache) : ITypesetting
{
    /// <summary>Text per call: large enough to waste no time, small enough to let other calls in between.</summary>
    private const int BatchChars = 256 * 1024;

    /// <summary>Raised whenever the same code would be coloured otherwise.</summary>
    private const string Version = "1";

    public async Task<IReadOnlyList<HighlightedCode>> HighlightAsync(IReadOnlyList<CodeBlock> blocks, CancellationToken cancel = default)
    {
        var done = new HighlightedCode?[blocks.Count];
        var keys = new UInt128[blocks.Count];
        var wanted = new List<int>();
        for (var at = 0; at < blocks.Count; at++)
        {
            keys[at] = PackCache.Key($"{Version}\n{blocks[at].Language}", blocks[at].Code);
            if (cache.Read(keys[at]) is { } known) done[at] = Unpack(known.Span);
            else wanted.Add(at);
        }
        foreach (var batch in Batches(wanted, at => blocks[at].Code.Length))
        {
            var call = new HighlightCall([.. batch.Select(at => new HighlightBlock(blocks[at].Language, blocks[at].Code))]);
            var answer = await workshop.CallAsync("highlight", call, WorkshopJson.Default.HighlightCall, WorkshopJson.Default.HighlightAnswer, cancel: cancel);
            for (var i = 0; i < batch.Count; i++) done[batch[i]] = new(answer.Value.Blocks[i].Html, answer.Value.Blocks[i].Lang);
            // What stayed plain may have been out of time; it gets another try in the next build.
            cache.Write([.. batch.Where(at => done[at]!.Language is not null).Select(at => (keys[at], Encoding.UTF8.GetBytes($"{done[at]!.Language}\n{done[at]!.Html}")))]);
        }
        return done!;
    }

    private static HighlightedCode Unpack(ReadOnlySpan<byte> packed)
    {
        var end = packed.IndexOf((byte)'\n');
        return new(Encoding.UTF8.GetString(packed[(end + 1)..]), Encoding.UTF8.GetString(packed[..end]));
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
