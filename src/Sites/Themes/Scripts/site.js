// Comforts only: everything on the page can be read and used without them.
(() => {
  const root = document.documentElement;
  const all = (selector) => document.querySelectorAll(selector);

  // Colour scheme: automatic, light, dark, remembered.
  const order = ['auto', 'light', 'dark'];
  const show = (scheme) => {
    if (scheme === 'auto') delete root.dataset.theme; else root.dataset.theme = scheme;
    for (const button of all('[data-scheme]')) {
      button.dataset.scheme = scheme;
      button.hidden = false;
      button.title = button.dataset[scheme];
      button.setAttribute('aria-label', `${button.dataset.label ??= button.getAttribute('aria-label')}: ${button.dataset[scheme]}`);
    }
  };
  show(root.dataset.theme ?? 'auto');
  for (const button of all('[data-scheme]')) button.addEventListener('click', () => {
    const next = order[(order.indexOf(button.dataset.scheme) + 1) % order.length];
    try { if (next === 'auto') localStorage.removeItem('scheme'); else localStorage.setItem('scheme', next); } catch { /* private mode: the choice lasts for this page */ }
    show(next);
  });

  // Copying: buttons that stand there already, and one for each code block of the text.
  const tick = '<svg class="icon" width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M4.5 12.5l5 5 10-11"/></svg>';
  const arm = (button, text) => {
    const picture = button.innerHTML;
    const label = button.getAttribute('aria-label');
    button.hidden = false;
    button.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(text()); } catch { return; }
      button.classList.add('ok');
      button.innerHTML = tick;
      button.setAttribute('aria-label', button.dataset.copied ?? label);
      setTimeout(() => { button.classList.remove('ok'); button.innerHTML = picture; button.setAttribute('aria-label', label); }, 1600);
    });
  };
  if (navigator.clipboard) {
    for (const button of all('[data-copy]')) arm(button, () => button.dataset.copy);
    const template = document.querySelector('[data-copy-template]');
    for (const block of all('.prose pre')) {
      if (!template || block.closest('.code-block')) continue;
      const frame = document.createElement('div');
      frame.className = 'code-block';
      block.replaceWith(frame);
      const button = template.content.firstElementChild.cloneNode(true);
      frame.append(block, button);
      arm(button, () => block.textContent);
    }
  }
  for (const block of all('.prose pre, .prose table, .table-scroll')) if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;

  // Sharing through the system where it can.
  if (navigator.share) for (const button of all('[data-share]')) {
    button.hidden = false;
    button.addEventListener('click', () => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}));
  }

  // The documentation drawer starts closed on small screens, menus close on Escape and outside clicks.
  if (matchMedia('(max-width: 860px)').matches) for (const drawer of all('.doc-nav')) drawer.open = false;
  // Until here the style sheet hid it there, so that nothing moves.
  root.classList.add('ready');
  const drawers = all('.drawer');
  addEventListener('keydown', (e) => { if (e.key === 'Escape') for (const d of drawers) if (d.open) { d.open = false; d.firstElementChild.focus(); } });
  addEventListener('click', (e) => { for (const d of drawers) if (!d.contains(e.target)) d.open = false; });
  document.querySelector('.doc-nav a[aria-current]')?.scrollIntoView({ block: 'nearest' });

  // The table of contents marks where the reader is: the last heading that has passed the top of the window.
  const links = [...all('.toc a')];
  const headings = links.map((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))));
  if (links.length) {
    const toc = links[0].closest('.toc');
    let current = null;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
      let now = null;
      headings.forEach((heading, i) => { if (heading && heading.getBoundingClientRect().top < (atEnd ? innerHeight : 140)) now = links[i]; });
      if (now === current) return;
      current?.removeAttribute('aria-current');
      now?.setAttribute('aria-current', 'true');
      current = now;
      // Only the list itself moves, never the page.
      if (now && (now.offsetTop < toc.scrollTop || now.offsetTop + now.offsetHeight > toc.scrollTop + toc.clientHeight)) toc.scrollTop = now.offsetTop - toc.clientHeight / 2;
    };
    addEventListener('scroll', () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }
})();
