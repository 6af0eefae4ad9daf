// The workshop: reads calls from standard input, answers them on standard output, and does nothing else.
import { fence } from './lib/fence.mjs';
import { readFrames, takeOutput } from './lib/frames.mjs';

/**
 * Every method, loaded when it is first called: a start costs nothing that is not used.
 * @type {Record<string, () => Promise<{ default: import('./lib/frames.mjs').Method }>>}
 */
const methods = {
  highlight: () => import('./methods/highlight.mjs'),
  math: () => import('./methods/math.mjs'),
  picture: () => import('./methods/picture.mjs'),
  raster: () => import('./methods/raster.mjs'),
  text: () => import('./methods/text.mjs'),
};

const send = takeOutput();
process.stdin.on('end', () => process.exit(0));
fence();
send({ hello: process.versions.node });

readFrames(process.stdin, async (header, bytes) => {
  const id = header.id;
  // Said before the work: should the process hang or die, the other side knows which calls were at fault.
  send({ started: id });
  try {
    const load = Object.hasOwn(methods, header.method) ? methods[header.method] : undefined;
    if (!load) throw Object.assign(new Error(`The workshop has no method "${header.method}".`), { code: 'workshop.method_unknown' });
    const method = (await load()).default;
    const answer = await method(header.body, bytes);
    send({ id, body: answer.body ?? null }, answer.bytes);
  } catch (error) {
    const { code, message } = /** @type {{ code?: unknown, message?: unknown }} */ (error ?? {});
    // Only codes of ours travel; what a library throws is one thing to the caller: the input could not be worked on.
    const ours = typeof code === 'string' && /^[a-z]+\.[a-z_]+$/.test(code);
    send({ id, error: { code: ours ? code : 'workshop.failed', message: String(message ?? error).slice(0, 500) } });
  }
});
