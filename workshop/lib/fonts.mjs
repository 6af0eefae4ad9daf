// The fonts of the cards: those that npm brought, then those of the machine. Each is opened when a text first needs it.
import { existsSync, readFileSync } from 'node:fs';
import * as hb from 'harfbuzzjs';

/** @typedef {{ key: string, font: hb.Font, upem: number, covers: (code: number) => boolean }} OpenFont */

const packages = new URL('../node_modules/', import.meta.url);
const google = (/** @type {string} */ folder, /** @type {string} */ name) => ({
  bold: `@expo-google-fonts/${folder}/700Bold/${name}_700Bold.ttf`, regular: `@expo-google-fonts/${folder}/400Regular/${name}_400Regular.ttf`,
});
const han = (/** @type {string} */ folder, /** @type {string} */ name) => ({
  bold: `@embedpdf/fonts-${folder}/fonts/${name}-Bold.otf`, regular: `@embedpdf/fonts-${folder}/fonts/${name}-Regular.otf`,
});

/** @type {Record<string, { bold: string, regular: string }>} */
const files = {
  latin: google('inter', 'Inter'),
  arabic: google('noto-sans-arabic', 'NotoSansArabic'),
  hebrew: google('noto-sans-hebrew', 'NotoSansHebrew'),
  devanagari: google('noto-sans-devanagari', 'NotoSansDevanagari'),
  thai: google('noto-sans-thai', 'NotoSansThai'),
  sc: han('sc', 'NotoSansHans'),
  jp: han('jp', 'NotoSansJP'),
  kr: han('kr', 'NotoSansKR'),
};

/** Scripts that only the machine's fonts cover: part of the name of their Noto font. */
const machineScripts = [
  'Bengali', 'Tamil', 'Telugu', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam', 'Oriya', 'Sinhala', 'Georgian', 'Armenian', 'Ethiopic', 'Khmer', 'Lao', 'Myanmar',
  'Tibetan', 'Mongolian', 'Cherokee', 'Thaana', 'Syriac', 'Tifinagh', 'Javanese',
].map(name => ({ name, has: new RegExp(`\\p{Script=${name}}`, 'u') }));
const machineFolders = ['/usr/share/fonts/truetype/noto/', '/usr/share/fonts/noto/', '/usr/share/fonts/google-noto/', '/usr/local/share/fonts/'];

/** @type {Map<string, OpenFont | null>} */
const opened = new Map();

/** @param {string} name @param {'bold' | 'regular'} weight */
function open(name, weight) {
  const key = `${name}-${weight}`;
  let font = opened.get(key);
  if (font === undefined) opened.set(key, (font = read(key, new URL(files[name][weight], packages))));
  return font;
}

/** @param {string} key @param {string | URL} path @returns {OpenFont | null} */
function read(key, path) {
  if (!existsSync(path)) return null;
  const face = new hb.Face(new hb.Blob(readFileSync(path)));
  const font = new hb.Font(face);
  font.setScale(face.upem, face.upem);
  /** @type {Map<number, boolean>} */
  const known = new Map();
  const covers = (/** @type {number} */ code) => {
    let answer = known.get(code);
    if (answer === undefined) known.set(code, (answer = (font.nominalGlyph(code) ?? 0) !== 0));
    return answer;
  };
  return { key, font, upem: face.upem, covers };
}

/** @param {string} character @param {'bold' | 'regular'} weight */
function fromMachine(character, weight) {
  const script = machineScripts.find(one => one.has.test(character));
  if (!script) return null;
  const style = weight === 'bold' ? 'Bold' : 'Regular';
  const key = `machine-${script.name}-${weight}`;
  let font = opened.get(key);
  if (font === undefined) {
    const path = machineFolders.map(folder => `${folder}NotoSans${script.name}-${style}.ttf`).find(existsSync);
    opened.set(key, (font = path ? read(key, path) : null));
  }
  return font;
}

/**
 * Which fonts to ask, first to last, for a text: Japanese, Korean and Chinese write one character in different forms.
 * @param {string} text @param {string | null | undefined} language
 */
export function fontOrder(text, language) {
  const speaks = (/** @type {string} */ tag) => language?.toLowerCase().startsWith(tag);
  const asian = speaks('ja') || (!speaks('zh') && !speaks('ko') && /[\u3040-\u30ff]/.test(text)) ? ['jp', 'sc', 'kr']
    : speaks('ko') || (!speaks('zh') && /[\uac00-\ud7af\u1100-\u11ff]/.test(text)) ? ['kr', 'sc', 'jp'] : ['sc', 'jp', 'kr'];
  return ['latin', 'arabic', 'hebrew', 'devanagari', 'thai', ...asian];
}

/** Which of the fonts can at all have a character: keeps a Latin text from opening ten megabytes of Chinese. @type {Record<string, RegExp>} */
const domains = {
  latin: /./u,
  arabic: /[\p{Script=Arabic}\u200c\u200d\u060c-\u061f]/u,
  hebrew: /\p{Script=Hebrew}/u,
  devanagari: /[\p{Script=Devanagari}\u0964\u0965]/u,
  thai: /\p{Script=Thai}/u,
  sc: /[^\u0000-\u024f\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}]/u,
};
domains.jp = domains.kr = domains.sc;

/**
 * The first font that has a character.
 * @param {string} character @param {string[]} order @param {'bold' | 'regular'} weight
 * @returns {OpenFont | null}
 */
export function fontFor(character, order, weight) {
  const code = /** @type {number} */ (character.codePointAt(0));
  for (const name of order) {
    if (!domains[name].test(character)) continue;
    const font = open(name, weight);
    if (font?.covers(code)) return font;
  }
  const font = fromMachine(character, weight);
  return font?.covers(code) ? font : null;
}
