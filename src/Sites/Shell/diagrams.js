// Draws Mermaid diagrams when they come into sight, in the page's colours, and again when the colours change.
// Without this script, or when a diagram has a mistake, its source stays readable.
(() => {
  const blocks = [...document.querySelectorAll('pre.mermaid')];
  if (blocks.length === 0) return;
  const root = new URL('./', document.currentScript.src);
  const sources = new Map(blocks.map(block => [block, block.textContent]));
  const drawn = new Set();
  let loading;
  let count = 0;

  const isDark = () => {
    const chosen = document.documentElement.dataset.scheme ?? document.documentElement.dataset.theme;
    return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  };
  const load = () => loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = new URL('mermaid/mermaid.min.js', root);
    script.onload = () => done(window.mermaid);
    script.onerror = failed;
    document.head.append(script);
  });

  async function draw(block) {
    const mermaid = await load();
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: isDark() ? 'dark' : 'default', fontFamily: getComputedStyle(document.body).fontFamily });
    const { svg } = await mermaid.render(`diagram-${++count}`, sources.get(block));
    const shown = block.parentElement.querySelector('.drawing') ?? block.parentElement.insertBefore(document.createElement('div'), block);
    shown.className = 'drawing';
    shown.setAttribute('role', 'img');
    shown.setAttribute('aria-label', sources.get(block));
    shown.innerHTML = svg;
    block.hidden = true;
    drawn.add(block);
  }

  const attempt = block => draw(block).catch(() => document.querySelectorAll('body > [id^="ddiagram-"]').forEach(rest => rest.remove()));
  const sight = new IntersectionObserver(entries => {
    for (const entry of entries.filter(one => one.isIntersecting)) {
      sight.unobserve(entry.target);
      attempt(entry.target);
    }
  }, { rootMargin: '400px' });
  blocks.forEach(block => sight.observe(block));

  const again = () => drawn.forEach(attempt);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ['data-scheme', 'data-theme'] });
})();
