// No network, no programs, no threads. Node's permission model (see the starter) already denies programs, threads and writing files;
// it does not know networks before Node 25, so the doors are closed here, before any library is loaded.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const closed = {
  'node:net': ['connect', 'createConnection', 'createServer', 'Socket', 'Server'],
  'node:tls': ['connect', 'createServer'],
  'node:dgram': ['createSocket'],
  'node:dns': ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny'],
  'node:http': ['request', 'get', 'createServer'],
  'node:https': ['request', 'get', 'createServer'],
  'node:http2': ['connect', 'createServer', 'createSecureServer'],
  'node:child_process': ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  'node:worker_threads': ['Worker'],
  'node:cluster': ['fork'],
};

/** Closes the doors; a library that tries one is told so. */
export function fence() {
  const require = createRequire(import.meta.url);
  for (const [module, names] of Object.entries(closed)) {
    const exports = /** @type {Record<string, unknown>} */ (lazily(require, module));
    for (const name of names) {
      if (!(name in exports)) continue;
      exports[name] = function closedDoor() {
        throw new Error(`${module.slice(5)}.${name} is not allowed in the workshop.`);
      };
    }
  }
  syncBuiltinESMExports();
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}

/** @param {NodeJS.Require} require @param {string} module */
function lazily(require, module) {
  return require(module);
}
