// One frame, either way: "RWS1", length of the header, length of the bytes (both 32 bits, little-endian), header (JSON, UTF-8), bytes.

/**
 * @typedef {(body: any, bytes: Buffer) => Promise<{ body?: unknown, bytes?: Uint8Array }> | { body?: unknown, bytes?: Uint8Array }} Method
 * @typedef {{ id: number, method: string, body: any }} Header
 */

const magic = 0x31535752; // "RWS1"
const largestFrameBytes = 256 * 1024 * 1024;

/**
 * Calls `onFrame` for each whole frame.
 * @param {NodeJS.ReadableStream} input
 * @param {(header: Header, bytes: Buffer) => void} onFrame
 */
export function readFrames(input, onFrame) {
  /** @type {Buffer[]} */
  let chunks = [];
  let held = 0;
  let wanted = 12;
  input.on('data', (/** @type {Buffer} */ chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      // Chunks are joined only when enough has come: a frame of many chunks is copied once.
      const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      chunks = [all];
      if (all.readUInt32LE(0) !== magic) throw new Error('The frame does not begin as one.');
      const headerLength = all.readUInt32LE(4);
      const bytesLength = all.readUInt32LE(8);
      wanted = 12 + headerLength + bytesLength;
      if (wanted > largestFrameBytes) throw new Error('The frame is too large.');
      if (held < wanted) return;
      const header = JSON.parse(all.toString('utf8', 12, 12 + headerLength));
      const bytes = all.subarray(12 + headerLength, wanted);
      const rest = all.subarray(wanted);
      chunks = rest.length ? [rest] : [];
      held = rest.length;
      wanted = 12;
      onFrame(header, bytes);
    }
  });
}

/**
 * Keeps standard output for frames alone: whatever a library prints goes to standard error from here on.
 * @returns {(header: object, bytes?: Uint8Array) => void}
 */
export function takeOutput() {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = /** @type {any} */ (process.stderr.write.bind(process.stderr));
  return (header, bytes) => {
    const json = Buffer.from(JSON.stringify(header), 'utf8');
    const head = Buffer.allocUnsafe(12);
    head.writeUInt32LE(magic, 0);
    head.writeUInt32LE(json.length, 4);
    head.writeUInt32LE(bytes?.length ?? 0, 8);
    write(bytes?.length ? Buffer.concat([head, json, bytes]) : Buffer.concat([head, json]));
  };
}
