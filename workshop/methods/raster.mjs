// A picture or a sanitised SVG → square PNGs (icons) or one raw RGBA bitmap (a card's logo).
import sharp from 'sharp';

/** @type {import('../lib/frames.mjs').Method} */
export default async function raster(/** @type {{ sizes: { px: number, pad?: number, ground?: string | null }[], raw?: boolean }} */ { sizes, raw }, /** @type {Buffer} */ bytes) {
  /** @type {Buffer[]} */
  const files = [];
  for (const { px, pad = 0, ground } of sizes) {
    const inner = Math.max(1, Math.round(px * (1 - 2 * pad)));
    try {
      // An SVG is drawn at the size it is wanted in, not enlarged from its own.
      const meta = await sharp(bytes, { limitInputPixels: 64 * 1024 * 1024 }).metadata();
      const density = meta.format === 'svg' ? Math.min(2400, Math.max(1, (72 * inner) / Math.max(meta.width ?? inner, meta.height ?? inner))) : undefined;
      const clear = { r: 0, g: 0, b: 0, alpha: 0 };
      const margin = px - inner;
      let image = sharp(bytes, { limitInputPixels: 64 * 1024 * 1024, ...(density ? { density } : {}) }).autoOrient()
        .resize({ width: inner, height: inner, fit: 'contain', background: clear })
        .ensureAlpha()
        .extend({ top: margin >> 1, left: margin >> 1, bottom: margin - (margin >> 1), right: margin - (margin >> 1), background: clear });
      if (ground) image = sharp(await image.png().toBuffer()).flatten({ background: ground });
      files.push(await (raw ? image.toColourspace('srgb').raw() : image.png({ compressionLevel: 9 })).toBuffer());
    } catch {
      throw Object.assign(new Error('The picture cannot be decoded; it is damaged or of an unknown kind.'), { code: 'picture.unreadable' });
    }
  }
  return { body: { lengths: files.map(file => file.length) }, bytes: Buffer.concat(files) };
}
