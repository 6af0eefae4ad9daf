// One picture → AVIF, WebP and a fallback, in several widths, without metadata. Hostile files meet limits before they are decoded.
import sharp from 'sharp';

const largestPixels = 64 * 1024 * 1024;
const largestAnimationPixels = 128 * 1024 * 1024;
sharp.cache(false);
sharp.concurrency(1);

const mime = { avif: 'image/avif', webp: 'image/webp', png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif' };

/** @type {import('../lib/frames.mjs').Method} */
export default async function picture(/** @type {{ widths: number[], avif: boolean }} */ { widths, avif }, /** @type {Buffer} */ bytes) {
  try {
    return await convert(bytes, widths, avif);
  } catch (error) {
    const message = String(/** @type {Error} */ (error).message);
    if (/pixel limit/i.test(message)) throw Object.assign(new Error('The picture has too many pixels; make it smaller than 64 megapixels.'), { code: 'picture.too_large' });
    throw Object.assign(new Error('The picture cannot be decoded; it is damaged or of an unknown kind.'), { code: 'picture.unreadable' });
  }
}

/** @param {Buffer} bytes @param {number[]} widths @param {boolean} avif */
async function convert(bytes, widths, avif) {
  const open = (animated = false) => sharp(bytes, { limitInputPixels: animated ? largestAnimationPixels : largestPixels, failOn: 'error', animated, sequentialRead: true });
  const meta = await open().metadata();
  const format = meta.format === 'heif' ? 'avif' : meta.format;
  if (!format || !['jpeg', 'png', 'gif', 'webp', 'avif'].includes(format)) throw new Error('unsupported');
  const turned = (meta.orientation ?? 1) >= 5;
  const width = (turned ? meta.height : meta.width) ?? 0;
  const height = (turned ? meta.width : meta.pageHeight ?? meta.height) ?? 0;
  const animated = (meta.pages ?? 1) > 1 && format !== 'avif';
  const largest = Math.max(...widths);
  const steps = [...new Set([...widths.filter(w => w < width), Math.min(width, largest)])].sort((a, b) => a - b);
  /** @type {{ type: string, width: number, height: number, bytes: Buffer }[]} */
  const files = [];
  const push = (/** @type {keyof typeof mime} */ type, /** @type {{ data: Buffer, info: import("sharp").OutputInfo }} */ { data, info }) =>
    files.push({ type: mime[type], width: info.width, height: /** @type {any} */ (info).pageHeight ?? info.height, bytes: data });
  if (animated) {
    for (const step of steps)
      push('webp', await open(true).resize({ width: step, withoutEnlargement: true }).webp({ quality: 75, effort: 2 }).toBuffer({ resolveWithObject: true }));
  } else {
    // Decoded once; every size and encoding starts from the same pixels.
    const { data, info } = await open().autoOrient().toColourspace('srgb').resize({ width: largest, withoutEnlargement: true }).raw().toBuffer({ resolveWithObject: true });
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
    // Line art and screenshots compress better, and stay sharp, with a higher quality than photographs need.
    const drawn = format === 'png' || format === 'gif';
    await Promise.all(steps.flatMap(step => {
      const sized = () => sharp(data, raw).resize({ width: step, withoutEnlargement: true });
      const jobs = [sized().webp({ quality: drawn ? 86 : 78, effort: 2, smartSubsample: drawn }).toBuffer({ resolveWithObject: true }).then(out => push('webp', out))];
      if (avif) jobs.push(sized().avif({ quality: drawn ? 60 : 50, effort: 1, chromaSubsampling: drawn ? '4:4:4' : '4:2:0' }).toBuffer({ resolveWithObject: true }).then(out => push('avif', out)));
      return jobs;
    }));
    const back = sharp(data, raw);
    if (format === 'png' || (format !== 'jpeg' && info.channels === 4))
      push('png', await back.png({ compressionLevel: 7, palette: false }).toBuffer({ resolveWithObject: true }));
    else push('jpeg', await back.flatten({ background: '#fff' }).jpeg({ quality: 82, progressive: true, mozjpeg: false }).toBuffer({ resolveWithObject: true }));
  }
  let at = 0;
  const list = files.map(file => ({ type: file.type, width: file.width, height: file.height, at: (at += file.bytes.length) - file.bytes.length, length: file.bytes.length }));
  return { body: { width, height, animated, format: mime[/** @type {keyof typeof mime} */ (format)], files: list }, bytes: Buffer.concat(files.map(file => file.bytes)) };
}
