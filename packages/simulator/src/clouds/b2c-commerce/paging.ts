import type { Call } from '../../server/http.ts';
import { problemRefusal } from './problems.ts';

const LAST = 10_000;

/**
 * `limit` and `offset` of a call.
 *
 * @throws Refusal with 400 if they are out of bounds, or end beyond 10,000
 */
export function pageOf(
  call: Call,
  usual: number,
  most: number,
): { readonly limit: number; readonly offset: number } {
  const [limit, offset] = [
    call.query.get('limit') ?? String(usual),
    call.query.get('offset') ?? '0',
  ];
  const whole = /^\d+$/.test(limit) && /^\d+$/.test(offset);
  const page = { limit: Number(limit), offset: Number(offset) };
  if (!whole || page.limit < 1 || page.limit > most || page.limit + page.offset > LAST) {
    throw problemRefusal(
      400,
      'constraint-violation',
      'Bad Request',
      `limit must be from 1 to ${most}, and limit and offset together ${LAST} at most.`,
    );
  }
  return page;
}
