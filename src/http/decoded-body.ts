import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * A body without its content encoding. We ask for none, but proxies and gateways compress anyway.
 * An encoding that we do not know is left in place.
 *
 * Errors reach the reader: those of the body, and those of bytes that do not match the header
 * (their code begins with `Z_`).
 */
export function decodedBody(body: Readable, encoding: string): Readable {
  const steps = encoding
    .toLowerCase()
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '' && it !== 'identity')
    .toReversed();
  if (steps.length === 0 || steps.some((step) => DECODERS[step] === undefined)) return body;
  const streams = steps.flatMap((step) => DECODERS[step]?.() ?? []);
  const whole = new PassThrough();
  pipeline([body, ...streams, whole], () => undefined);
  return whole;
}

/**
 * All of a body as text.
 *
 * @throws Error of code `UND_ERR_RES_EXCEEDED_MAX_SIZE` if it is longer than `most` bytes: a body
 *   that is short on the wire can be long once unpacked
 */
export async function textOf(body: Readable, most: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > most) {
      throw Object.assign(new Error('The body is too long.'), {
        code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE',
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
