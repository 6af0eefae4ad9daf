// Writes lib/languages.json: every name and alias of highlight.js's grammars, and which grammars each embeds.
// Run it (node tools/list-languages.mjs) after a change of highlight.js's version.
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('highlight.js/package.json')), 'lib/languages');
const { default: hljs } = await import('highlight.js');
/** @type {Record<string, string>} */
const names = {};
/** @type {Record<string, string[]>} */
const embeds = {};
const files = readdirSync(folder).filter(f => f.endsWith('.js') && !f.endsWith('.js.js')).map(f => f.slice(0, -3)).sort();
for (const file of files) {
  const grammar = require(join(folder, `${file}.js`))(hljs);
  for (const alias of grammar.aliases ?? []) names[alias.toLowerCase()] ??= file;
  const inner = new Set();
  const seen = new Set();
  (function walk(/** @type {any} */ mode) {
    if (!mode || typeof mode !== 'object' || seen.has(mode)) return;
    seen.add(mode);
    for (const language of [mode.subLanguage ?? []].flat()) if (language !== file) inner.add(language);
    Object.values(mode).forEach(walk);
  })(grammar);
  if (inner.size) embeds[file] = [...inner].sort();
}
for (const file of files) names[file.toLowerCase()] = file;
const sorted = Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(new URL('../lib/languages.json', import.meta.url), `${JSON.stringify({ names: sorted, embeds }, null, 1)}\n`);
console.log(`${files.length} grammars, ${Object.keys(names).length} names`);
