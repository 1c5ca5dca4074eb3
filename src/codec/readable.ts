import type { Payload, PayloadCodec } from '@temporalio/common';
import { encodingOf } from './codec.ts';

/** Replaces a payload that nobody can read: its encoding. */
export interface Undecodable {
  readonly undecodable: string;
}

/**
 * Passes on what the payload converter reads. Anything else, such as broken JSON or a foreign
 * encoding, becomes `{"undecodable": "<encoding>"}`, because a converter that throws would stop its
 * workflow for ever.
 */
export const readable: PayloadCodec = {
  encode: async (payloads) => payloads,
  decode: async (payloads) =>
    payloads.map((payload) => (canBeRead(payload) ? payload : undecodable(encodingOf(payload)))),
};

function canBeRead(payload: Payload): boolean {
  const encoding = encodingOf(payload);
  if (encoding !== 'json/plain') return encoding === 'binary/null' || encoding === 'binary/plain';
  try {
    JSON.parse(Buffer.from(payload.data ?? []).toString('utf8'));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function undecodable(encoding: string): Payload {
  const sign: Undecodable = { undecodable: encoding.replace(/[^\w./+-]/g, '?').slice(0, 64) };
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(sign)),
  };
}
