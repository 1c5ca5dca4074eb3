import type { ErrorShape } from '../../server/faults.ts';
import { json, Refusal, type Answer } from '../../server/http.ts';

const TYPES = 'https://api.commercecloud.salesforce.com/documentation/error/v1/errors';

const problem = (status: number, type: string, title: string, detail: string): Answer =>
  json(
    status,
    { title, type: `${TYPES}/${type}`, detail },
    { 'content-type': 'application/problem+json' },
  );

/** An error of B2C Commerce, to be thrown. */
export const problemRefusal = (
  status: number,
  type: string,
  title: string,
  detail: string,
): Refusal => new Refusal(problem(status, type, title, detail));

/** The error for an invalid token. */
export const invalidToken = (): Refusal =>
  problemRefusal(401, 'invalid-access-token', 'Invalid Access Token', 'Unauthorized request.');

const NAMES: Readonly<Record<number, readonly [type: string, title: string]>> = {
  400: ['bad-request', 'Bad Request'],
  401: ['invalid-access-token', 'Invalid Access Token'],
  403: ['forbidden', 'Forbidden'],
  404: ['resource-not-found', 'Resource Not Found'],
  429: ['too-many-requests', 'Too Many Requests'],
  503: ['service-unavailable', 'Service Unavailable'],
};

/** The shape of errors of B2C Commerce. The account manager uses OAuth's. */
export const problemError: ErrorShape = ({ status, code, message }, call) => {
  if (call.path.startsWith('/dwsso/')) {
    return json(status, { error: code.toLowerCase(), error_description: message });
  }
  const [type, title] = NAMES[status] ?? ['internal-server-error', 'Internal Server Error'];
  return problem(status, type, title, message);
};
