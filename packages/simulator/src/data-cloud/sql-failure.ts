import { setTimeout as sleep } from 'node:timers/promises';
import type { HeldResult } from './results.ts';

/** Why PostgreSQL refuses a statement. */
export interface SqlFailure {
  readonly sqlState: string;
  readonly message: string;
  /** The place in the statement, counted from 1. */
  readonly position: number | undefined;
}

/** PostgreSQL's own refusal inside an error. Undefined for any other error. */
export function sqlFailureOf(error: unknown): SqlFailure | undefined {
  const { code, message, position } = error as {
    code?: unknown;
    message?: string;
    position?: string;
  };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
  return {
    sqlState: code,
    message: message ?? '',
    position: position === undefined ? undefined : Number(position),
  };
}

/**
 * Waits for the whole result, for `milliseconds` at most.
 *
 * @throws pg's DatabaseError if PostgreSQL fails in that time
 */
export async function completeWithin(result: HeldResult, milliseconds: number): Promise<void> {
  const timeout = new AbortController();
  try {
    await Promise.race([
      result.complete,
      sleep(milliseconds, undefined, { ref: false, signal: timeout.signal }),
    ]);
  } finally {
    timeout.abort();
  }
}
