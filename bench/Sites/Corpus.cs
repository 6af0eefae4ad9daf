using System.Globalization;
using System.Text;

namespace Rialto.Bench;

/// <summary>A handbook made of chance with a fixed seed: the same pages on every machine. About 2.5 kB of Markdown a page, with two blocks of code, a table, lists and headings; 50 pages a section.</summary>
internal static class Corpus
{
    public const int PagesPerSection = 50;

    private static readonly string[] Words =
        "the ledger keeps every posting balanced while a release moves from preview to live and readers never see half a page because the switch is atomic each job has a lease and retries with patience".Split(' ');

    /// <summary>Writes <paramref name="pages"/> pages into folders of sections under <paramref name="folder"/>.</summary>
    public static void Write(string folder, int pages)
    {
        var chance = new Chance(42);
        for (var page = 0; page < pages; page++)
        {
            var section = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"section-{page / PagesPerSection:000}"));
            Directory.CreateDirectory(section);
            File.WriteAllText(Path.Combine(section, string.Create(CultureInfo.InvariantCulture, $"page-{page:00000}.md")), Page(page, chance));
        }
    }

    private static string Page(int page, Chance chance) => $$""""
        ---
        title: Page {{page}} of the handbook
        ---

        # Page {{page}} of the handbook

        {{Paragraph(chance)}}

        ## Why it matters

        {{Paragraph(chance)}}

        - {{Sentence(chance)}}
        - {{Sentence(chance)}} See `open()` and **the ledger**.
        - {{Sentence(chance)}}

        ```ts
        import { open } from './ledger.js';

        // Posts one transfer and waits until it is durable.
        export async function post{{page}}(amountMinor: number): Promise<string> {
          const ledger = await open({ readOnly: false, batch: {{page}} });
          if (amountMinor <= 0) throw new RangeError(`amount ${amountMinor} is not positive`);
          return ledger.transfer({ from: 'cash', to: 'sales', amountMinor }).id;
        }
        ```

        ## How it works

        {{Paragraph(chance)}} [The site](https://example.org/{{page}}).

        | Name | Meaning | Default |
        | --- | --- | --- |
        | batch | {{Words[page % Words.Length]}} per batch | {{page}} |
        | timeout | seconds to wait | 30 |

        ```python
        from dataclasses import dataclass

        @dataclass(frozen=True)
        class Posting{{page}}:
            """One leg of a transfer."""
            account: str
            amount_minor: int = {{page}}

            def reversed(self) -> 'Posting{{page}}':
                return Posting{{page}}(self.account, -self.amount_minor)
        ```

        > {{Sentence(chance)}}

        ### Details

        1. {{Sentence(chance)}}
        2. {{Sentence(chance)}}

        {{Paragraph(chance)}}

        """".ReplaceLineEndings("\n");

    private static string Paragraph(Chance chance) => string.Join(' ', Enumerable.Range(0, 4).Select(_ => Sentence(chance)));

    private static string Sentence(Chance chance)
    {
        var sentence = new StringBuilder();
        var words = 8 + chance.Below(12);
        for (var i = 0; i < words; i++) sentence.Append(i > 0 ? " " : "").Append(Words[chance.Below(Words.Length)]);
        sentence[0] = char.ToUpperInvariant(sentence[0]);
        return sentence.Append('.').ToString();
    }

    /// <summary>A linear congruential generator (the constants of ISO C's example), so that no library decides what the pages say.</summary>
    private sealed class Chance(uint seed)
    {
        private uint state = seed;

        public int Below(int limit)
        {
            state = state * 1103515245 + 12345;
            return (int)((state >> 16 & 0x7fff) * (uint)limit >> 15);
        }
    }
}
