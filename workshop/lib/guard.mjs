// A limit of time for work that cannot be asked to stop: V8 ends a runaway loop or regular expression from outside.
import { runInThisContext } from 'node:vm';

const door = Symbol.for('rialto.workshop.guarded');

/**
 * Runs `work` and returns its value, or `undefined` when it took longer than `milliseconds`.
 * @template T
 * @param {number} milliseconds
 * @param {() => T} work
 * @returns {T | undefined}
 */
export function inTime(milliseconds, work) {
  /** @type {any} */ (globalThis)[door] = work;
  try {
    return runInThisContext('globalThis[Symbol.for("rialto.workshop.guarded")]()', { timeout: Math.max(1, Math.round(milliseconds)) });
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
