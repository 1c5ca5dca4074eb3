import type { Payload } from '@temporalio/common';
import { ORIGIN_METADATA } from '../contract/contract.ts';

/** A payload as JSON: every value in base64. */
export interface WirePayload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

/**
 * The payloads of a body such as `{"payloads": [{"metadata": {…}, "data": "<base64>"}]}`, or
 * undefined if it is no such body.
 */
export function parsePayloads(body: string): Payload[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  // The temporal command line writes a list without payloads, such as a query's arguments, as `{}`.
  const { payloads: list = [] } = parsed as { payloads?: unknown };
  return Array.isArray(list) && list.every(isWirePayload) ? list.map(fromWire) : undefined;
}

function isWirePayload(value: unknown): value is WirePayload {
  if (typeof value !== 'object' || value === null) return false;
  const { metadata = {}, data = '' } = value as { metadata?: unknown; data?: unknown };
  return (
    typeof data === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    Object.values(metadata).every((it) => typeof it === 'string')
  );
}

const fromWire = ({ metadata = {}, data = '' }: WirePayload): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')]),
  ),
  data: Buffer.from(data, 'base64'),
});

/** A payload as the endpoint returns it. */
export const toWire = ({ metadata, data }: Payload): WirePayload => ({
  // Only workers need to know how a payload came, so the endpoint leaves that out.
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {})
      .filter(([key]) => key !== ORIGIN_METADATA)
      .map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? new Uint8Array()).toString('base64'),
});
