import type { ErrorShape } from './faults.ts';
import { json, type Call } from './http.ts';

/** The shape of the core plane: a list of errors. The token endpoints use OAuth's. */
export const coreError: ErrorShape = ({ status, code, message }, call) =>
  call.path.startsWith('/services/oauth2/') || call.path.startsWith('/services/a360/')
    ? json(status, {
        error: status === 400 ? 'unknown_error' : code.toLowerCase(),
        error_description: message,
      })
    : json(status, [{ message, errorCode: code }]);

/** The shape of the tenant plane: one object. */
export const tenantError: ErrorShape = ({ status, message }, call) =>
  json(status, tenantErrorBody(status, message, call));

/** The shape of the vendors: OpenDSR's. */
export const vendorError: ErrorShape = ({ status, code, message }) =>
  json(status, {
    error: { code: status, message, errors: [{ domain: 'Simulated', reason: code, message }] },
  });

/** An error of the tenant plane. `details` replaces the usual details. */
export const tenantErrorBody = (
  status: number,
  message: string,
  call: Pick<Call, 'path'>,
  details: object = { statusCode: status },
): object => ({
  timestamp: new Date().toISOString().replace('Z', '+0000'),
  error: REASONS[status] ?? 'Error',
  message,
  path: call.path,
  internalErrorCode: 'COMMON_ERROR_GENERIC',
  details,
});

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};
