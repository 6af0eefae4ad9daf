// Registers the service worker of the site's root, wherever the site stands.
if ('serviceWorker' in navigator && location.protocol === 'https:') {
  const root = new URL('../', document.currentScript.src);
  addEventListener('load', () => navigator.serviceWorker.register(new URL('sw.js', root), { scope: root.pathname }).catch(() => {}));
}
