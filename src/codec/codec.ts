import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import proto from '@temporalio/proto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import { ORIGIN_METADATA } from '../contract/contract.ts';
import { isShortReply } from '../contract/short-reply.ts';
import type { CodecKey, KeyRing } from './keys.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** The encoding that encrypted payloads carry. Stored in histories, so it never changes. */
export const ENCRYPTED = 'binary/encrypted';
/** The metadata key that names the encryption key. Stored in histories, so it never changes. */
export const KEY_ID_METADATA = 'encryption-key-id';
/**
 * The metadata key that names the workflow which a payload was encrypted for. It is beside the
 * ciphertext for people, and again inside it, so that nobody can change it. Stored in histories, so
 * it never changes.
 */
export const WORKFLOW_METADATA = 'encryption-workflow-id';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Replaces a payload that cannot be decrypted: the ID of the key that it needs. */
export interface Unreadable {
  readonly unreadable: string;
  /** The payload itself in base64, for a worker that may get the key later. */
  readonly sealed?: string;
}

/**
 * Whether a decoded value is the sign of a payload that could not be decrypted. Code that gets one
 * notes it and continues.
 */
export function isUnreadable(value: unknown): value is Unreadable {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((name) => name === 'unreadable' || name === 'sealed') &&
    typeof (value as { unreadable?: unknown }).unreadable === 'string'
  );
}

/** Replaces a payload that was encrypted for another workflow: somebody copied it. */
export interface Misdirected {
  readonly misdirected: true;
}

/** Whether a decoded value is the sign of a payload that was encrypted for another workflow. */
export const isMisdirected = (value: unknown): value is Misdirected =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  (value as { misdirected?: unknown }).misdirected === true;

/**
 * Encrypts every payload with AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes). The key's
 * ID is authenticated with them. A payload that came in clear, from a caller in another language,
 * is passed on as it is. A short reply stays in clear. A payload whose key is unknown or that was
 * damaged becomes `{"unreadable": "<key id>"}`, because a decoder that throws would stop its
 * workflow for ever.
 *
 * `keepSealed`: the payload is kept beside the key's ID, so that a worker can read it once it has
 * the key.
 *
 * A payload is bound to its workflow, if that is known: the workflow's ID is encrypted with it. In
 * another workflow it becomes `{"misdirected": true}`. A payload without binding, as 0.1.0 wrote
 * them and codecs in other languages do, is read anywhere.
 */
export function createCodec(
  ring: KeyRing,
  { keepSealed = false }: { readonly keepSealed?: boolean } = {},
): PayloadCodec {
  return {
    encode: async (payloads, context) =>
      payloads.map((payload) =>
        holdsNobody(payload) ? payload : encrypt(payload, ring.current, context?.workflowId),
      ),
    decode: async (payloads, context) =>
      payloads.map((payload) =>
        encodingOf(payload) === ENCRYPTED
          ? decrypt(payload, ring, { keepSealed, workflowId: context?.workflowId })
          : marked(payload, 'clear'),
      ),
  };
}

/** The most bytes of a short reply. */
const SHORT = 200;

/**
 * Whether it is a short reply: the one payload that stays in clear, because it can hold nothing of
 * a person.
 */
function holdsNobody(payload: Payload): boolean {
  const { data } = payload;
  if (data == null || data.length > SHORT || encodingOf(payload) !== 'json/plain') return false;
  try {
    const text = Buffer.from(data).toString('utf8');
    const value: unknown = JSON.parse(text);
    // Only the value itself: a repeated key would carry a text along.
    return isShortReply(value) && JSON.stringify(value) === text;
  } catch {
    return false;
  }
}

/** A payload that says how it came. The sender cannot set this. */
function marked(payload: Payload, origin: 'clear' | 'unbound' | 'bound'): Payload {
  const {
    [ORIGIN_METADATA]: _theirs,
    [WORKFLOW_METADATA]: _ours,
    ...metadata
  } = payload.metadata ?? {};
  return {
    ...payload,
    metadata: {
      ...metadata,
      ...(origin !== 'bound' && { [ORIGIN_METADATA]: Buffer.from(origin) }),
    },
  };
}

/** The encoding in a payload's metadata, or `""`. */
export const encodingOf = (payload: Payload): string => metadataOf(payload, METADATA_ENCODING_KEY);

function metadataOf(payload: Payload, key: string): string {
  const value = payload.metadata?.[key];
  return value == null ? '' : Buffer.from(value).toString('utf8');
}

function encrypt(payload: Payload, key: CodecKey, workflowId: string | undefined): Payload {
  const binding: Record<string, Uint8Array> =
    workflowId === undefined ? {} : { [WORKFLOW_METADATA]: Buffer.from(workflowId) };
  // The binding is inside the ciphertext too, so that workers and codecs that do not know it still
  // read the payload.
  const sealed: Payload = { ...payload, metadata: { ...payload.metadata, ...binding } };
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.secret, nonce);
  cipher.setAAD(Buffer.from(key.id));
  const body = Buffer.concat([
    cipher.update(PayloadMessage.encode(sealed).finish()),
    cipher.final(),
  ]);
  return {
    metadata: {
      [METADATA_ENCODING_KEY]: Buffer.from(ENCRYPTED),
      [KEY_ID_METADATA]: Buffer.from(key.id),
      ...binding,
    },
    data: Buffer.concat([nonce, body, cipher.getAuthTag()]),
  };
}

function decrypt(
  payload: Payload,
  ring: KeyRing,
  {
    keepSealed,
    workflowId,
  }: { readonly keepSealed: boolean; readonly workflowId: string | undefined },
): Payload {
  const id = metadataOf(payload, KEY_ID_METADATA);
  const key = ring.find(id);
  const data = payload.data ?? new Uint8Array();
  if (key === undefined || data.length < NONCE_BYTES + TAG_BYTES) {
    return unreadable(id, keepSealed ? payload : undefined);
  }
  try {
    const decipher = createDecipheriv(CIPHER, key.secret, data.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(key.id));
    decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
    const clear = Buffer.concat([
      decipher.update(data.subarray(NONCE_BYTES, data.length - TAG_BYTES)),
      decipher.final(),
    ]);
    return (
      directed(PayloadMessage.decode(clear), metadataOf(payload, WORKFLOW_METADATA), workflowId) ??
      unreadable(id, keepSealed ? payload : undefined)
    );
  } catch {
    return unreadable(id, keepSealed ? payload : undefined);
  }
}

/** A payload as one text, and back. */
const seal = (payload: Payload): string =>
  Buffer.from(PayloadMessage.encode(payload).finish()).toString('base64');
export const unsealed = (sealed: string): Payload =>
  PayloadMessage.decode(Buffer.from(sealed, 'base64'));

/**
 * A decrypted payload that belongs here. A sign, if it was encrypted for another workflow.
 * Undefined, if the binding beside it was changed.
 */
function directed(
  payload: Payload,
  beside: string,
  workflowId: string | undefined,
): Payload | undefined {
  const bound = metadataOf(payload, WORKFLOW_METADATA);
  if (beside !== '' && beside !== bound) return undefined;
  if (bound !== '' && workflowId !== undefined && workflowId !== bound) {
    return signOf({ misdirected: true } satisfies Misdirected);
  }
  return marked(payload, bound === '' ? 'unbound' : 'bound');
}

const unreadable = (id: string, payload?: Payload): Payload =>
  signOf({
    unreadable: id,
    ...(payload !== undefined && { sealed: seal(payload) }),
  } satisfies Unreadable);

function signOf(sign: object): Payload {
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(sign)),
  };
}
