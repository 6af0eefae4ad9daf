// Text → pieces (one font, one direction, no break inside) with their glyphs, in units of an em: the same at every size.
import bidiFactory from 'bidi-js';
import * as hb from 'harfbuzzjs';
import { fontFor, fontOrder } from './fonts.mjs';

/**
 * @typedef {{ font: import('./fonts.mjs').OpenFont, glyphs: { id: number, x: number, y: number }[], width: number }} Shaped
 * @typedef {{ text: string, level: number, space: boolean, parts: Shaped[], width: number }} Piece
 * @typedef {{ pieces: Piece[], width: number }} Word   what stands together on a line, with the space after it as its last piece
 * @typedef {{ rtl: boolean, words: Word[], missing: boolean }} ShapedText
 */

const bidi = /** @type {any} */ (bidiFactory)();
const buffer = new hb.Buffer();
const thai = new Intl.Segmenter('th', { granularity: 'word' });
export const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const emoji = /[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}\ufe0f\u20e3](?<![©®™])/gu;
const invisible = /[\p{Cc}\p{Co}\p{Cn}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ufffd]/gu;
const asian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const breaksInside = /[-/–—_\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Japanese and Chinese line breaking (JIS X 4051): what may not begin a line, and what may not end one. */
const notFirst = /[、。，．・：；？！）」』】》〉〕］｝ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;?!)\]}%’”…~～]/u;
const notLast = /[（「『【《〈〔［｛([{‘“]/u;

/** Text as cards can draw it: no pictures among the letters, no controls, single spaces. @param {string} text */
export function clean(text) {
  return text.normalize('NFC').replace(/[\s\u00a0]+/g, ' ').replace(emoji, '\u0001').replace(/[ \u0001\u200d]*\u0001[ \u0001\u200d]*([!?.,;:…)]|$)/gu, '$1').replace(/[\u0001\u200d]*\u0001[\u0001\u200d]*/g, ' ').replace(invisible, '').replace(/\u200d(?!\p{L})/gu, '').replace(/ {2,}/g, ' ').trim();
}

/** Where a line may be broken: each entry keeps its trailing space. @param {string} text */
function words(text) {
  /** @type {string[]} */
  const found = [];
  for (const run of text.match(/[^ ]+ ?/g) ?? []) {
    // Most words of most scripts: nothing inside to break at, and no need to look at each letter.
    if (!breaksInside.test(run)) { found.push(run); continue; }
    if (/\p{Script=Thai}/u.test(run)) { for (const { segment } of thai.segment(run)) found.push(segment); continue; }
    let word = '';
    let last = '';
    for (const { segment } of graphemes.segment(run)) {
      const between = word !== '' && segment !== ' ' && (asian.test(segment) || asian.test(last)) && !notFirst.test(segment) && !notLast.test(last);
      const afterSign = /[\w\p{L}][-/–—_]$/u.test(word) && /\p{L}/u.test(segment);
      if (between || afterSign) { found.push(word); word = ''; }
      word += segment;
      last = segment;
    }
    found.push(word);
  }
  return found;
}

/**
 * Shapes a cleaned text.
 * @param {string} text @param {string | null | undefined} language @param {'bold' | 'regular'} weight
 * @returns {ShapedText}
 */
export function shapeText(text, language, weight) {
  const { levels, base } = directions(text);
  const order = fontOrder(text, language);
  let missing = false;
  let at = 0;
  const shaped = words(text).map(word => {
    /** @type {Piece[]} */
    const pieces = [];
    let start = 0;
    for (let i = 1; i <= word.length; i++) {
      const ends = i === word.length || levels[at + i] !== levels[at + start] || (word[i] === ' ') !== (word[start] === ' ');
      if (!ends) continue;
      const piece = shapePiece(word.slice(start, i), levels[at + start], order, weight);
      missing ||= piece.missing;
      pieces.push(piece);
      start = i;
    }
    at += word.length;
    return { pieces, width: pieces.reduce((sum, p) => sum + (p.space ? 0 : p.width), 0) };
  });
  return { rtl: (base & 1) === 1, words: shaped, missing };
}

/** The level of each code unit and of the whole: even for left-to-right, odd for right-to-left. @param {string} text */
function directions(text) {
  if (!rightToLeft.test(text)) return { levels: new Uint8Array(text.length), base: 0 };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, 'auto');
  return { levels, base: paragraphs[0]?.level ?? 0 };
}

/** @type {Map<string, Piece & { missing: boolean }>} */
const shapedBefore = new Map();

/** @param {string} text @param {number} level @param {string[]} order @param {'bold' | 'regular'} weight */
function shapePiece(text, level, order, weight) {
  const key = `${weight}${level}${order[5]}${text}`;
  const before = shapedBefore.get(key);
  if (before) return before;
  if (shapedBefore.size > 20_000) shapedBefore.clear();
  /** @type {{ font: import('./fonts.mjs').OpenFont, text: string }[]} */
  const runs = [];
  let missing = false;
  for (const character of text) {
    const last = runs.at(-1);
    const code = /** @type {number} */ (character.codePointAt(0));
    // Marks and joiners stay with their letter's font when it has them.
    const font = last && (/[\p{M}\u200c\u200d]/u.test(character) || (/[\p{P}\p{N}\s]/u.test(character) && last.font.key.startsWith('arabic') && level % 2 === 1)) && last.font.covers(code) ? last.font : fontFor(character, order, weight);
    if (!font) { missing ||= /[\p{L}\p{N}]/u.test(character); continue; }
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  if (level % 2 === 1) runs.reverse();
  const parts = runs.map(run => shapeRun(run.font, run.text, level % 2 === 1));
  const piece = { text, level, space: text === ' ', parts, width: parts.reduce((sum, part) => sum + part.width, 0), missing };
  shapedBefore.set(key, piece);
  return piece;
}

/** @param {import('./fonts.mjs').OpenFont} font @param {string} text @param {boolean} rtl @returns {Shaped} */
function shapeRun(font, text, rtl) {
  buffer.clearContents();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(rtl ? hb.Direction.RTL : hb.Direction.LTR);
  hb.shape(font.font, buffer);
  const infos = buffer.getGlyphInfos();
  const positions = buffer.getGlyphPositions();
  let x = 0;
  /** @type {Shaped['glyphs']} */
  const glyphs = [];
  for (let i = 0; i < infos.length; i++) {
    const { xAdvance, xOffset, yOffset } = positions[i];
    if (infos[i].codepoint !== 0) glyphs.push({ id: infos[i].codepoint, x: (x + xOffset) / font.upem, y: yOffset / font.upem });
    x += xAdvance;
  }
  return { font, glyphs, width: x / font.upem };
}
