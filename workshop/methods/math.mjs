// TeX → HTML with MathML, by KaTeX. No \href, \includegraphics or \html… (trust), no endless macros, no huge rules.
import katex from 'katex';
import { escapeHtml } from '../lib/escape.mjs';
import { inTime } from '../lib/guard.mjs';

const longestFormulaChars = 20_000;
const timePerFormulaMs = 1000;

/** @type {import('../lib/frames.mjs').Method} */
export default function math(/** @type {{ formulas: { tex: string, display?: boolean }[] }} */ { formulas }) {
  return { body: { formulas: formulas.map(set) } };
}

/** @param {{ tex: string, display?: boolean }} formula */
function set({ tex, display }) {
  const failed = (/** @type {string} */ why) => ({ html: escapeHtml(tex), error: why });
  if (tex.length > longestFormulaChars) return failed('The formula is too long.');
  try {
    const html = inTime(timePerFormulaMs, () => katex.renderToString(tex, {
      displayMode: !!display,
      output: 'htmlAndMathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 1000,
      maxSize: 50,
      // A fresh object each time: \gdef in one formula must not change another.
      macros: {},
    }));
    return html === undefined ? failed('The formula takes too long to set.') : { html, error: null };
  } catch (error) {
    return failed(String(/** @type {Error} */ (error).message).replace(/^KaTeX parse error: /, ''));
  }
}
