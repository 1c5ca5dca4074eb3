import type { Row } from '../seed/shape.ts';

/** By object: the field with the file, and the field with its length. */
const SIZES: Readonly<Record<string, readonly [field: string, size: string]>> = {
  ContentVersion: ['VersionData', 'ContentSize'],
  Attachment: ['Body', 'BodyLength'],
};

/**
 * The bytes of a text in a seed: the text itself, `base64:…`, or `repeat:<bytes>:<text>` for long
 * files.
 */
export function blobOf(text: string): Buffer {
  if (text.startsWith('base64:')) return Buffer.from(text.slice('base64:'.length), 'base64');
  const [, bytes, repeated = ''] = /^repeat:(\d+):([\s\S]+)$/.exec(text) ?? [];
  return bytes === undefined ? Buffer.from(text) : Buffer.alloc(Number(bytes), repeated);
}

/** A record of a file with the length of the file, if the seed names none. */
export function withSize(object: string, row: Row): Row {
  const [field = '', size = ''] = SIZES[object] ?? [];
  const text = row[field];
  return typeof text !== 'string' || row[size] !== undefined
    ? row
    : { ...row, [size]: { digits: String(blobOf(text).length) } };
}
