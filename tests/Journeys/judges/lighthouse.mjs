// Runs Lighthouse, mobile settings, on the addresses given, in one browser, and prints one line of JSON for each:
// the four scores (0–100) and the audits that cost points. Usage: lighthouse.mjs CHROMIUM URL…
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({
  chromePath,
  chromeFlags: [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update', '--disable-extensions', '--disable-default-apps',
  ],
});
try {
  for (const address of addresses) console.log(JSON.stringify(await judge(address)));
} finally {
  chrome.kill();
}

async function judge(address) {
  const { lhr } = await lighthouse(address, {
    port: chrome.port, logLevel: 'silent', output: 'json',
    onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
  });
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const score = (id) => Math.round((lhr.categories[id].score ?? 0) * 100);
  const weighed = Object.values(lhr.categories).flatMap((category) => category.auditRefs).filter((reference) => reference.weight > 0);
  const short = weighed.map((reference) => lhr.audits[reference.id]).filter((audit) => audit.score !== null && audit.score < 0.9);
  return {
    address, performance: score('performance'), accessibility: score('accessibility'), bestPractices: score('best-practices'), seo: score('seo'),
    short: short.map((audit) => `${audit.id} ${audit.displayValue ?? ''} ${nodes(audit)}`.trim()),
  };
}

function nodes(audit) {
  return (audit.details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.description ?? item.url ?? '').join(' · ');
}
