// No network, no programs, no threads. Node's permission model (see the starter) already denies programs, threads and writing files;
// it knows nothing of networks before Node 25, so the doors are closed here, before any library is loaded. Every way out of Node
// (http, https, http2, tls, fetch) goes through one of these.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);

/** Closes the doors; a library that tries one is told so. Standard input and output must have been opened before. */
export function fence() {
  const net = require('node:net');
  const dgram = require('node:dgram');
  const dns = require('node:dns');
  const programs = require('node:child_process');
  close(net.Socket.prototype, 'net.Socket', ['connect']);
  close(net.Server.prototype, 'net.Server', ['listen']);
  close(net, 'net', ['connect', 'createConnection']);
  close(dgram.Socket.prototype, 'dgram.Socket', ['bind', 'connect', 'send']);
  for (const target of [dns, dns.promises])
    close(target, 'dns', Object.keys(target).filter(name => /^(lookup|resolve|reverse)/.test(name)));
  close(programs, 'child_process', ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']);
  close(require('node:worker_threads'), 'worker_threads', ['Worker']);
  syncBuiltinESMExports();
  for (const name of ['fetch', 'WebSocket', 'EventSource'])
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}

/** @param {any} target @param {string} of @param {string[]} names */
function close(target, of, names) {
  for (const name of names)
    target[name] = function closedDoor() {
      throw new Error(`${of}.${name} is not allowed in the workshop.`);
    };
}
