import type { Payload } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import { ORIGIN_FIELD, ORIGIN_METADATA } from '../../contract/contract.ts';

/**
 * How a message came: in clear; encrypted, and bound to no request; or encrypted for this request.
 */
export type Origin = 'clear' | 'unbound' | 'bound';

/**
 * Writes into a message how it came. The sender cannot set this, because a value of theirs is
 * replaced. Values that are no objects stay as they are.
 */
export function withOrigin(payload: Payload): Payload {
  const bytes = payload.metadata?.[ORIGIN_METADATA];
  if (bytes == null || payload.data == null) return payload;
  const value = parsed(decode(payload.data));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return payload;
  return { ...payload, data: encode(JSON.stringify({ ...value, [ORIGIN_FIELD]: decode(bytes) })) };
}

/** A message as it was sent, and how it came. */
export function openMessage(message: unknown): { readonly body: unknown; readonly origin: Origin } {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { body: message, origin: 'bound' };
  }
  const { [ORIGIN_FIELD]: origin, ...body } = message as Record<string, unknown>;
  return origin === 'clear' || origin === 'unbound'
    ? { body, origin }
    : { body: message, origin: 'bound' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
