import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import type { Readable } from 'node:stream';
import { SystemFailure } from '../../http/failure.ts';
import { unlessBroken } from '../shared/vendor-http.ts';

/** The most bytes of a JSON response. */
const MAX_ANSWER = 4 * 2 ** 20;
/**
 * Milliseconds for all of one: a server that sends a byte each minute breaks no time limit between
 * two bytes.
 */
const WITHIN = 15 * 60_000;

/** The response's bytes, and how long they may take in all, in milliseconds. */
export interface SmallResponse {
  readonly body: Readable;
  readonly signal: AbortSignal;
  readonly within?: number;
}

/**
 * A small response, whole. @throws SystemFailure `unreadable` if it is not small, `unavailable` if
 * it takes too long
 */
export async function readAll(
  system: string,
  { body, signal, within = WITHIN }: SmallResponse,
): Promise<Buffer> {
  const limit = setTimeout(
    () =>
      body.destroy(
        Object.assign(new Error('The answer takes too long.'), {
          code: 'ANSWER_TOO_SLOW' satisfies SystemErrorCode,
        }),
      ),
    within,
  );
  return unlessBroken(system, signal, async () => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      if (bytes > MAX_ANSWER) {
        throw new SystemFailure({ kind: 'unreadable', system, code: 'ANSWER_TOO_LARGE' });
      }
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
  }).finally(() => clearTimeout(limit));
}
