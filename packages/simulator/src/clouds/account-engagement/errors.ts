import type { ErrorShape } from '../../server/faults.ts';
import { json, Refusal } from '../../server/http.ts';

/** An error of Account Engagement, to be thrown: an HTTP status and a code of its own list. */
export const aeRefusal = (status: number, code: number, message: string): Refusal =>
  new Refusal(json(status, { code, message }));

const CODES: Readonly<Record<number, readonly [code: number, message: string]>> = {
  401: [184, 'access_token is invalid, unknown, or malformed'],
  403: [46, 'This API user lacks sufficient permissions for the requested operation'],
  404: [192, 'Object specified does not exist'],
  429: [66, 'You have exceeded your concurrent request limit. Please wait, before trying again'],
};

/** The shape of errors of Account Engagement. The daily limit has a code of its own. */
export const aeError: ErrorShape = ({ status, code, message }) => {
  if (code === 'REQUEST_LIMIT_EXCEEDED' && status === 403) return json(429, DAILY);
  const [number, text] = CODES[status] ?? [status >= 500 ? 183 : 13, message];
  return json(status, { code: number, message: text });
};

/** The error when the day's calls are used up. */
export const DAILY = { code: 122, message: 'Daily API rate limit met' };
