import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';

/** The variable that holds the keys: `id:base64,…`, the first one encrypts, all of them decrypt. */
export const KEYS_VARIABLE = 'DOSSIER_CODEC_KEYS';

/** Bytes of a key: AES-256. */
const KEY_BYTES = 32;
const keyId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** A command line that makes a key on any machine that runs Dossier. */
const HOW_TO_MAKE = `make one by: node -p "'k1:' + require('crypto').randomBytes(32).toString('base64')"`;

/** One key by its ID. The ID is in clear beside every payload; the secret never prints. */
export interface CodecKey {
  readonly id: string;
  readonly secret: KeyObject;
}

/**
 * The keys that payloads may be encrypted with. To rotate, put a new key first, and keep the old
 * ones as long as runs that used them are stored.
 */
export interface KeyRing {
  /** The key that encrypts. */
  readonly current: CodecKey;
  /** The IDs in order, for logs. */
  readonly ids: readonly string[];
  /** The key with this ID, if the ring holds it. */
  find(id: string): CodecKey | undefined;
}

/**
 * The keys cannot be used. The message names the entry and what is wrong with it, and never holds a
 * key.
 */
export class CodecKeyError extends Error {
  constructor(reason: string) {
    super(`${KEYS_VARIABLE} ${reason}`);
    this.name = 'CodecKeyError';
  }
}

/**
 * The key ring that `id:base64,…` describes.
 *
 * @throws CodecKeyError if it is empty, an entry has no ID, an ID is repeated, or a key is not 32
 *   bytes in base64
 */
export function parseKeys(text: string | undefined): KeyRing {
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const keys = entries.map(parseEntry);
  const ids = keys.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new CodecKeyError(`holds the key ID "${twice}" twice; give every key its own ID`);
  }
  const [current] = keys;
  if (current === undefined) {
    throw new CodecKeyError(
      `is not set; payloads are never stored in clear. ${capital(HOW_TO_MAKE)}`,
    );
  }
  const byId = new Map(keys.map((key) => [key.id, key]));
  return { current, ids, find: (id) => byId.get(id) };
}

/**
 * A new random key as an entry of the variable: `<id>:<base64>`. The ID is random too unless given.
 */
export function makeKey(id: string = `k${randomBytes(3).toString('hex')}`): string {
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/** A ring of one random key, for a stack that ends with its process. */
export const temporaryRing = (): KeyRing => parseKeys(makeKey());

function parseEntry(entry: string, index: number): CodecKey {
  const colon = entry.indexOf(':');
  const place = `entry ${index + 1}`;
  if (colon < 1) {
    throw new CodecKeyError(
      `is wrong at ${place}: it has no ID before a colon, as in "k1:<base64>". ${capital(HOW_TO_MAKE)}`,
    );
  }
  const id = entry.slice(0, colon);
  if (!keyId.test(id)) {
    throw new CodecKeyError(
      `is wrong at ${place}: the ID before the colon must be 1 to 64 letters, digits, ".", "_" or "-"`,
    );
  }
  const value = entry.slice(colon + 1);
  if (!base64.test(value)) {
    throw new CodecKeyError(
      `is wrong at ${place} ("${id}"): what follows the colon is no base64. ${capital(HOW_TO_MAKE)}`,
    );
  }
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw new CodecKeyError(
      `is wrong at ${place} ("${id}"): the key has ${bytes.length} bytes and needs ` +
        `${KEY_BYTES}. ${capital(HOW_TO_MAKE)}`,
    );
  }
  return { id, secret: createSecretKey(bytes) };
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
