import { SystemFailure } from '../http/failure.ts';
import { assertJson, type HttpResponse } from '../http/transport.ts';
import { readRowsAnswer, type RowsAnswer } from './page-rows.ts';

/**
 * The rows of a successful response, and the rest of it. @throws SystemFailure `unreadable` for a
 * page instead of JSON
 */
export function rowsIn(system: string, answer: HttpResponse): RowsAnswer {
  assertJson(system, answer);
  try {
    return readRowsAnswer(answer.text, system);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SystemFailure({
      kind: 'unreadable',
      system,
      status: answer.status,
      code: 'NOT_JSON',
    });
  }
}
