// Paragraphs → lines of placed glyphs at the largest size that fits, and the outlines of those glyphs.
import * as hb from 'harfbuzzjs';
import { clean, graphemes, shapeText } from '../lib/shape.mjs';

/**
 * @typedef {{ text: string, lang?: string | null, bold?: boolean, width: number, sizes: { px: number, lines: number }[] }} Paragraph
 * @typedef {import('../lib/shape.mjs').Word} Word
 * @typedef {import('../lib/shape.mjs').Piece} Piece
 */

const longestTextChars = 600;
/** Long words are cut at this size or below. */
const largestTornPx = 50;

/** @type {import('../lib/frames.mjs').Method} */
export default function text(/** @type {{ paragraphs: Paragraph[] }} */ { paragraphs }) {
  const outlines = new Outlines();
  return { body: { paragraphs: paragraphs.map(paragraph => set(paragraph, outlines)), glyphs: outlines.entries }, bytes: outlines.bytes() };
}

/** @param {Paragraph} paragraph @param {Outlines} outlines */
function set(paragraph, outlines) {
  const weight = paragraph.bold ? 'bold' : 'regular';
  const cleaned = clean(paragraph.text).slice(0, longestTextChars);
  const shaped = shapeText(cleaned, paragraph.lang, weight);
  const { rtl, missing } = shaped;
  const empty = { size: 0, rtl, missing, shortened: false, lines: [] };
  if (missing || shaped.words.length === 0) return empty;
  for (const { px, lines: limit } of paragraph.sizes) {
    const lines = wrap(shaped.words, paragraph.width / px);
    if (lines && lines.length <= limit) return { ...empty, size: px, lines: balance(shaped.words, lines, paragraph.width / px).map(line => place(line, px, rtl, outlines)) };
  }
  // A word is wider than the line even when small: cut it between letters rather than shrink everything to nothing.
  /** @type {Word[][]} */
  let all = [];
  for (const { px, lines: limit } of paragraph.sizes.filter(size => size.px <= largestTornPx)) {
    const room = paragraph.width / px;
    all = wrap(tear(cleaned, paragraph, room, weight), room) ?? [];
    if (all.length <= limit) return { ...empty, size: px, lines: all.map(line => place(line, px, rtl, outlines)) };
  }
  return shorten(all, paragraph, { ...empty, rtl }, outlines);
}

/** Keeps as many lines as there may be at the smallest size; an ellipsis ends the last. @param {Word[][]} all @param {Paragraph} paragraph @param {{ rtl: boolean }} empty @param {Outlines} outlines */
function shorten(all, paragraph, empty, outlines) {
  const { rtl } = empty;
  const weight = paragraph.bold ? 'bold' : 'regular';
  const { px, lines: limit } = paragraph.sizes[paragraph.sizes.length - 1];
  const room = paragraph.width / px;
  const [sign] = shapeText('…', paragraph.lang, weight).words;
  const ellipsis = { ...sign, pieces: sign.pieces.map(piece => ({ ...piece, level: rtl ? 1 : 0 })) };
  const kept = all.slice(0, limit);
  const last = kept[limit - 1];
  // The ellipsis takes room: words go until it has it.
  while (last.length > 1 && lineWidth(last) + ellipsis.width > room) last.pop();
  const end = last[last.length - 1];
  last[last.length - 1] = { ...end, pieces: end.pieces.filter(piece => !piece.space) };
  last.push(ellipsis);
  return { ...empty, size: px, shortened: true, lines: kept.map(line => place(line, px, rtl, outlines)) };
}

/** @param {Word[]} line */
function lineWidth(line) {
  return line.reduce((sum, word, i) => sum + (i === line.length - 1 ? word.width : word.pieces.reduce((w, p) => w + p.width, 0)), 0);
}

/** Fills lines greedily; null when a word alone is wider than a line. @param {Word[]} words @param {number} room */
function wrap(words, room) {
  /** @type {Word[][]} */
  const lines = [];
  /** @type {Word[]} */
  let line = [];
  let used = 0;
  for (const word of words) {
    if (word.width > room) return null;
    if (line.length && used + word.width > room) { lines.push(line); line = []; used = 0; }
    line.push(word);
    used += word.pieces.reduce((sum, piece) => sum + piece.width, 0);
  }
  if (line.length) lines.push(line);
  return lines;
}

/** The same number of lines, but of even length: no single word on the last. @param {Word[]} words @param {Word[][]} lines @param {number} room */
function balance(words, lines, room) {
  if (lines.length < 2) return lines;
  let low = room / 2;
  let high = room;
  for (let step = 0; step < 7; step++) {
    const middle = (low + high) / 2;
    const tried = wrap(words, middle);
    if (tried && tried.length === lines.length) { high = middle; lines = tried; } else low = middle;
  }
  return lines;
}

/** Words wider than a line are cut between letters. @param {string} text @param {Paragraph} paragraph @param {number} room @param {'bold' | 'regular'} weight @returns {Word[]} */
function tear(text, paragraph, room, weight) {
  return shapeText(text, paragraph.lang, weight).words.flatMap(word => {
    if (word.width <= room) return [word];
    /** @type {Word[]} */
    const parts = [];
    let part = '';
    for (const { segment } of graphemes.segment(word.pieces.map(piece => piece.text).join(''))) {
      if (part && shapeText(part + segment, paragraph.lang, weight).words.reduce((sum, w) => sum + w.width, 0) > room) {
        parts.push(...shapeText(part, paragraph.lang, weight).words);
        part = '';
      }
      part += segment;
    }
    return [...parts, ...shapeText(part, paragraph.lang, weight).words];
  });
}

/** Puts a line's pieces in visual order (Unicode bidirectional algorithm, rule L2). @param {Word[]} line @param {number} px @param {boolean} rtl @param {Outlines} outlines */
function place(line, px, rtl, outlines) {
  const pieces = line.flatMap(word => word.pieces);
  while (pieces.at(-1)?.space) pieces.pop();
  const highest = Math.max(0, ...pieces.map(piece => piece.level));
  for (let level = highest; level > 0; level--)
    for (let i = 0; i < pieces.length; i++) {
      if (pieces[i].level < level) continue;
      let j = i;
      while (j < pieces.length && pieces[j].level >= level) j++;
      pieces.splice(i, j - i, ...pieces.slice(i, j).reverse());
      i = j;
    }
  let x = 0;
  /** @type {number[]} */
  const glyphs = [];
  for (const piece of pieces)
    for (const part of piece.parts) {
      for (const glyph of part.glyphs)
        glyphs.push(outlines.index(part.font, glyph.id), Math.round((x + glyph.x) * px * 64), Math.round(glyph.y * px * 64));
      x += part.width;
    }
  return { width: Math.ceil(x * px), glyphs };
}

/** The outlines used in one answer: 16-bit numbers, an operation (0 move, 1 line, 2 quadratic, 3 cubic) before its coordinates, in font units. */
class Outlines {
  /** @type {{ key: string, id: number, upem: number, at: number, length: number }[]} */
  entries = [];
  /** @type {Map<import('../lib/fonts.mjs').OpenFont, Map<number, number>>} */
  #known = new Map();
  /** @type {number[]} */
  #data = [];

  /** @param {import('../lib/fonts.mjs').OpenFont} font @param {number} id */
  index(font, id) {
    let ofFont = this.#known.get(font);
    if (!ofFont) this.#known.set(font, (ofFont = new Map()));
    let index = ofFont.get(id);
    if (index === undefined) {
      index = this.entries.length;
      ofFont.set(id, index);
      const at = this.#data.length;
      font.font.drawGlyph(id, pen, this.#data);
      this.entries.push({ key: font.key, id, upem: font.upem, at, length: this.#data.length - at });
    }
    return index;
  }

  bytes() {
    return new Uint8Array(Int16Array.from(this.#data, Math.round).buffer);
  }
}

const pen = new hb.DrawFuncs();
const data = (/** @type {unknown} */ target) => /** @type {number[]} */ (target);
pen.setMoveToFunc((x, y, to) => { data(to).push(0, x, y); });
pen.setLineToFunc((x, y, to) => { data(to).push(1, x, y); });
pen.setQuadraticToFunc((cx, cy, x, y, to) => { data(to).push(2, cx, cy, x, y); });
pen.setCubicToFunc((ax, ay, bx, by, x, y, to) => { data(to).push(3, ax, ay, bx, by, x, y); });
