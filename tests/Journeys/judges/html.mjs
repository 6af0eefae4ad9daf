// Validates every HTML file below a folder and prints the errors as a JSON array. Usage: html.mjs FOLDER
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { readFile, glob } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.argv[2];
const loader = new StaticConfigLoader({ extends: ['html-validate:standard'], rules: { 'no-trailing-whitespace': 'off' } });
const judge = new HtmlValidate(loader);
const errors = [];
let pages = 0;
for await (const page of glob('**/*.html', { cwd: folder })) {
  pages++;
  const report = await judge.validateString(await readFile(join(folder, page), 'utf8'), page);
  for (const result of report.results)
    for (const message of result.messages)
      if (message.severity > 1) errors.push(`${page}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
}
console.log(JSON.stringify({ pages, errors }));
