// Search in the browser: the index is loaded at the first key, in pieces, from the site itself.
(() => {
  const dialog = document.getElementById('search');
  const buttons = [...document.querySelectorAll('[data-search-open]')];
  if (!dialog || typeof dialog.showModal !== 'function') return;
  const base = new URL('../', document.currentScript.src);
  const label = dialog.getAttribute('aria-label') || 'Search';
  const english = { none: 'Nothing found for “{0}”', found: '{0} results', close: 'Close', failed: 'The search index could not be loaded.' };
  const words = { ...english, ...dialog.dataset.words && JSON.parse(dialog.dataset.words) };
  let engine, input, list, status, latest = 0;

  function build() {
    if (input) return;
    dialog.innerHTML = '<form method="dialog" role="search"><input type="search" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true" aria-controls="search-results" aria-autocomplete="list"><button type="submit" value="close">Esc</button></form><p class="search-status" role="status"></p><ul id="search-results" role="listbox"></ul>';
    [input, list, status] = ['input', 'ul', '.search-status'].map(one => dialog.querySelector(one));
    input.placeholder = label;
    input.setAttribute('aria-label', label);
    list.setAttribute('aria-label', label);
    dialog.querySelector('button').setAttribute('aria-label', words.close);
    input.addEventListener('input', () => look(input.value.trim()));
    input.addEventListener('keydown', move);
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  }

  async function open() {
    build();
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    try {
      engine ??= await import(new URL('pagefind/pagefind.js', base));
      await engine.options({ basePath: new URL('pagefind/', base).pathname, baseUrl: base.pathname, excerptLength: 18 });
      engine.init();
    } catch { status.textContent = words.failed; }
  }

  async function look(text) {
    const mine = ++latest;
    if (!text || !engine) { list.replaceChildren(); status.textContent = ''; return; }
    const answer = await engine.debouncedSearch(text, {}, 80);
    if (!answer || mine !== latest) return;
    const pages = await Promise.all(answer.results.slice(0, 8).map(result => result.data()));
    if (mine !== latest) return;
    list.replaceChildren(...pages.flatMap(show));
    list.firstElementChild?.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', list.firstElementChild?.id ?? '');
    status.textContent = pages.length ? words.found.replace('{0}', answer.results.length) : words.none.replace('{0}', () => text);
  }

  let number = 0;
  function show(page) {
    const parts = page.sub_results?.length ? page.sub_results.slice(0, 3) : [page];
    return parts.map(part => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      const title = document.createElement('strong');
      const excerpt = document.createElement('span');
      item.id = `search-${++number}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      link.href = part.url;
      link.tabIndex = -1;
      const section = part.title && part.title !== page.meta.title ? ` › ${part.title}` : '';
      title.textContent = page.meta.title + section;
      title.dir = excerpt.dir = 'auto';
      // Pagefind escapes the page's text and adds nothing but <mark>.
      excerpt.innerHTML = part.excerpt;
      link.append(title, excerpt);
      link.addEventListener('click', () => dialog.close());
      item.append(link);
      return item;
    });
  }

  function move(event) {
    const items = [...list.children];
    const now = items.findIndex(item => item.getAttribute('aria-selected') === 'true');
    // A search field would keep the first Escape for itself, to empty it.
    if (event.key === 'Escape' && !event.isComposing) { event.preventDefault(); dialog.close(); return; }
    if (event.key === 'Enter') { event.preventDefault(); items[Math.max(now, 0)]?.querySelector('a').click(); return; }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step || !items.length || event.isComposing) return;
    event.preventDefault();
    const next = items[(now + step + items.length) % items.length];
    items.forEach(item => item.setAttribute('aria-selected', String(item === next)));
    input.setAttribute('aria-activedescendant', next.id);
    next.scrollIntoView({ block: 'nearest' });
  }

  buttons.forEach(button => { button.hidden = false; button.addEventListener('click', open); });
  addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if ((event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)) {
      event.preventDefault();
      open();
    }
  });
})();
