import { json, Refusal } from '../../server/http.ts';
import { sqlFailureOf } from '../sql-failure.ts';

/** An error in the shape of V3, to be thrown. `error` is an SQLSTATE. */
export const v3Refusal = (
  status: number,
  sqlState: string,
  message: string,
  at?: number,
): Refusal =>
  new Refusal(
    json(status, {
      error: sqlState,
      message,
      details: {
        customerHint: '',
        customerDetail: '',
        errorSource: status >= 500 ? 'System' : 'User',
        ...(at !== undefined && {
          position: {
            errorBeginCharacterOffset: String(at),
            errorEndCharacterOffset: String(at + 1),
          },
        }),
      },
    }),
  );

/**
 * PostgreSQL's refusal as 400, which repeats the query as Salesforce does. Any other error stays
 * unchanged.
 */
export function v3SqlRefusal(error: unknown, sql: string): unknown {
  const failure = sqlFailureOf(error);
  if (failure === undefined) return error;
  return v3Refusal(400, failure.sqlState, `${failure.message}\nin query: ${sql}`, failure.position);
}
