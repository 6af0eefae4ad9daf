// Blocks of code → HTML with classes of highlight.js only.
import { escapeHtml } from '../lib/escape.mjs';
import { grammarFor, hljs, load } from '../lib/grammars.mjs';
import { inTime } from '../lib/guard.mjs';

const largestBlockChars = 128 * 1024;
const timePerBlockMs = 1000;
// A busy machine can keep a harmless block waiting for a second; it gets one turn of its own before it is given up.
const lastTurnMs = 6000;
const lastTurns = 2;

/** @type {import('../lib/frames.mjs').Method} */
export default async function highlight(/** @type {{ blocks: { lang?: string | null, code: string }[] }} */ { blocks }) {
  const grammars = blocks.map(block => grammarFor(block.lang));
  await load(grammars.filter(name => name !== null));
  /** @type {{ html: string, lang: string | null }[]} */
  const done = [];
  let turns = lastTurns;
  while (done.length < blocks.length) {
    const begun = done.length;
    const finished = inTime(timePerBlockMs, () => {
      // As many as the time allows: the watch is set once for many small blocks, and what is left goes into the next turn.
      const until = performance.now() + timePerBlockMs / 4;
      while (done.length < blocks.length && performance.now() < until) done.push(one(blocks[done.length].code, grammars[done.length]));
      return true;
    });
    // The block that ate the whole time stands as plain text unless its last turn helps; those before it are done.
    if (!finished && done.length < blocks.length && (done.length > begun || finished === undefined)) {
      const { code } = blocks[done.length], grammar = grammars[done.length];
      done.push((turns-- > 0 ? inTime(lastTurnMs, () => one(code, grammar)) : undefined) ?? { html: escapeHtml(code), lang: null });
    }
  }
  return { body: { blocks: done } };
}

/** @param {string} code @param {string | null} grammar */
function one(code, grammar) {
  if (!grammar || grammar === 'plaintext' || code.length > largestBlockChars) return { html: escapeHtml(code), lang: null };
  try {
    return { html: hljs.highlight(code, { language: grammar, ignoreIllegals: true }).value, lang: grammar };
  } catch {
    // A grammar may fail on strange text; the text is still the text.
    return { html: escapeHtml(code), lang: null };
  }
}
