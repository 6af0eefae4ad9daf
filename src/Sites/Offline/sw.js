// Offline reading. Pages come from the network first, so nobody reads yesterday's text while connected;
// files of the shell come from the cache of this version, which is replaced as a whole by the next build.
const version = '__VERSION__';
const shell = __SHELL__;
const name = `site-${self.registration.scope}-${version}`;

self.addEventListener('install', event => {
  event.waitUntil(caches.open(name)
    .then(cache => cache.addAll(shell.map(path => new Request(path, { cache: 'reload' }))))
    .then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
  event.waitUntil(caches.keys()
    .then(keys => Promise.all(keys.filter(key => key.startsWith(`site-${self.registration.scope}-`) && key !== name).map(key => caches.delete(key))))
    .then(() => self.clients.claim()));
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || request.headers.has('range')) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(name);
  const isPage = request.mode === 'navigate';
  const kept = await cache.match(request, { ignoreSearch: !isPage });
  // Names under assets/ carry a hash of their content; they never change within a version.
  if (kept && !isPage && new URL(request.url).pathname.includes('/assets/')) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.type === 'basic') cache.put(request, fresh.clone());
    return fresh;
  } catch (offline) {
    if (kept) return kept;
    if (!isPage) throw offline;
    if (request.url.split(/[?#]/)[0] === self.registration.scope) return cache.match('index.html');
    return (await cache.match('404.html')) ?? (await cache.match('index.html')) ?? Response.error();
  }
}
