// From the word after ``` to a grammar, loaded when it is first needed.
import { readFileSync } from 'node:fs';
import core from 'highlight.js/lib/core';

/** @typedef {import('highlight.js').LanguageFn} Grammar */

/** @type {{ names: Record<string, string>, embeds: Record<string, string[]> }} */
const known = JSON.parse(readFileSync(new URL('./languages.json', import.meta.url), 'utf8'));

/** Grammars from elsewhere. @type {Record<string, { load: () => Promise<Grammar>, embeds?: string[] }>} */
const guests = {
  hcl: { load: async () => (await import('../grammars/hcl.mjs')).default },
  vue: { load: async () => (await import('../grammars/component.mjs')).vue, embeds: ['xml', 'javascript', 'typescript', 'css', 'scss', 'less'] },
  svelte: { load: async () => (await import('../grammars/component.mjs')).svelte, embeds: ['xml', 'javascript', 'typescript', 'css', 'scss', 'less'] },
  astro: { load: async () => (await import('../grammars/component.mjs')).astro, embeds: ['xml', 'javascript', 'typescript', 'css', 'scss', 'less'] },
  // @ts-ignore: these packages carry no types
  solidity: { load: async () => /** @type {any} */ (await import('highlightjs-solidity')).default.solidity },
  // @ts-ignore
  yul: { load: async () => /** @type {any} */ (await import('highlightjs-solidity')).default.yul },
  // @ts-ignore
  zig: { load: async () => /** @type {any} */ (await import('highlightjs-zig')).default },
};

/**
 * Names that people write and no grammar claims: linguist's names and aliases, shells, and languages whose own grammar does not exist,
 * given to the nearest relative whose strings, comments and keywords look the same.
 */
const nicknames = /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries({
  bash: 'fish nu nushell elvish ksh shell-script alpine-abuild ebuild openrc-runscript envrc bats',
  shell: 'shell-session shellsession sh-session bash-session terminal cli prompt',
  dos: 'batch batchfile winbatch',
  python: 'starlark bazel bzl mojo cython pyx gdscript sage snakemake xonsh meson python3 py3 rpy',
  javascript: 'jsonnet node mjs cjs es6 qml-js bun deno',
  typescript: 'mts cts angular-ts',
  json: 'jsonl ndjson geojson topojson webmanifest json-with-comments ipynb jupyter-notebook avsc hjson',
  xml: 'mathml xaml csproj msbuild maven-pom html+erb xsl ant-build-system',
  markdown: 'mdx rmarkdown qmd quarto pandoc',
  ini: 'dotenv env editorconfig gitconfig git-config systemd service npmrc cfg conf pip-requirements',
  cpp: 'cuda cu metal objective-c++ objectivec++ mm hip ispc arduino-c++ opencl',
  glsl: 'hlsl shaderlab cg',
  rust: 'wgsl gleam ron move sway cairo',
  go: 'cue odin vlang golang-template go.mod gomod',
  scala: 'chisel sbt mill dotty',
  clojure: 'fennel janet',
  scheme: 'racket guile',
  lisp: 'common-lisp commonlisp emacs-lisp elisp newlisp',
  perl: 'raku perl6',
  latex: 'bibtex bib context plaintex',
  haskell: 'purescript purs idris agda lean lean4 dhall cabal curry',
  reasonml: 'rescript res',
  hcl: 'bicep sentinel',
  graphql: 'prisma',
  django: 'nunjucks njk html+django tera askama',
  twig: 'liquid html+twig',
  'php-template': 'blade html+php',
  haml: 'slim pug jade',
  erb: 'ejs eex heex',
  sql: 'plsql tsql t-sql mysql sqlite mariadb cypher sparql kql kusto hiveql bigquery snowflake clickhouse duckdb',
  pgsql: 'plpgsql postgres-sql',
  x86asm: 'asm assembly nasm masm gas unix-assembly fasm',
  armasm: 'aarch64 arm64',
  nginx: 'caddyfile caddy haproxy',
  makefile: 'justfile just gnumakefile make',
  dockerfile: 'containerfile',
  vbnet: 'vba visual-basic visual-basic-.net visual-basic-6.0 vb6 twinbasic',
  vim: 'vim-script viml vimscript neovim',
  csharp: 'razor cshtml aspnet c#-script',
  fsharp: 'f#-script',
  objectivec: 'objective-c',
  ruby: 'crystal-like podfile fastlane brewfile vagrantfile',
  groovy: 'jenkinsfile nextflow',
  diff: 'udiff git-diff',
  http: 'httpspec rest',
  yaml: 'yml-template docker-compose compose github-actions openapi cloudformation-yaml clang-format',
  matlab: 'octave',
  coq: 'rocq',
  verilog: 'systemverilog system-verilog',
  lua: 'luau',
  wasm: 'wat wast webassembly',
  fortran: 'fortran-free-form',
}).flatMap(([grammar, words]) => words.split(' ').filter(Boolean).map(word => [word, grammar]))));

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * The grammar a word stands for, or null.
 * @param {string | null | undefined} word
 */
export function grammarFor(word) {
  if (!word) return null;
  const name = word.trim().toLowerCase().replace(/^[.{]+|^language-|^lang-|[},:;]+$/g, '').replace(/\s+/g, '-');
  for (const candidate of [name, name.replace(/^\./, ''), name.replace(/-/g, ''), name.replace(/-/g, '_')]) {
    if (Object.hasOwn(guests, candidate)) return candidate;
    if (Object.hasOwn(nicknames, candidate)) return nicknames[candidate];
    if (Object.hasOwn(guestAliases, candidate)) return guestAliases[candidate];
    if (Object.hasOwn(known.names, candidate)) return known.names[candidate];
  }
  return null;
}

/** @type {Record<string, string>} */
const guestAliases = { terraform: 'hcl', tf: 'hcl', tfvars: 'hcl', nomad: 'hcl', opentofu: 'hcl', packer: 'hcl', sol: 'solidity' };

/**
 * Loads grammars and those they embed (which embed each other: hence a set, not a recursion that waits).
 * @param {Iterable<string>} names
 */
export async function load(names) {
  const wanted = new Set(names);
  for (const name of wanted)
    for (const inner of guests[name]?.embeds ?? known.embeds[name] ?? []) wanted.add(inner);
  await Promise.all([...wanted].map(name => {
    let promise = loading.get(name);
    if (!promise) loading.set(name, (promise = loadOne(name)));
    return promise;
  }));
}

/** @param {string} name */
async function loadOne(name) {
  const guest = Object.hasOwn(guests, name) ? guests[name] : undefined;
  if (!guest && !known.names[name]) return;
  core.registerLanguage(name, guest ? await guest.load() : (await import(`highlight.js/lib/languages/${name}`)).default);
}

export const hljs = core;
