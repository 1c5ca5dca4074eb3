import { foreignCode, SystemFailure, type FailureKind, type ForeignCode } from './failure.ts';
import { kindOfStatus, safeCode, secondsToWait } from './status.ts';

/** A response of Salesforce that is not a success, with what a failure is made from. */
export interface RefusedResponse {
  readonly system: string;
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
  /** Whether the token endpoint sent it: its codes mean other things. */
  readonly fromTokenEndpoint: boolean;
  /** Codes that mean "ask later", whatever the status. */
  readonly busyCodes?: readonly string[] | undefined;
  /** The target of a redirect, from its header. */
  readonly leadsTo?: string | undefined;
}

/**
 * The one place that maps Salesforce's statuses and codes to who must act. It keeps no text of the
 * body: only its code, and a field that the query named.
 */
export function failureOfResponse(answer: RefusedResponse): SystemFailure {
  const code = sqlStateOf(answer.text) ?? codeOf(answer.text);
  const busy = code !== undefined && answer.busyCodes?.includes(code) === true;
  const refused = answer.fromTokenEndpoint
    ? kindOfTokenRefusal(answer.status, code)
    : kindOfRefusal(answer, code);
  const kind = busy ? 'unavailable' : refused;
  const field = code === 'INVALID_FIELD' ? refusedFieldOf(answer.text) : undefined;
  return new SystemFailure({
    kind,
    system: answer.system,
    status: answer.status,
    code,
    ...(field !== undefined && { field }),
    retryAfter:
      secondsToWait(answer.retryAfter, Date.now()) ??
      (isConcurrency(code, answer.text) ? SOON : undefined),
    action:
      redirectAction(answer) ??
      actions[`${answer.status} ${code ?? ''}`] ??
      actions[code ?? ''] ??
      (kind === 'denied' ? whereDenied(answer) : undefined),
  });
}

const whereDenied = ({ fromTokenEndpoint }: RefusedResponse) =>
  fromTokenEndpoint ? signInRefused : denied;

/**
 * Too many long calls at once heal by themselves. The day's allowance has the same code and does
 * not.
 */
const isConcurrency = (code: string | undefined, text: string): boolean =>
  code === 'REQUEST_LIMIT_EXCEEDED' && /concurrent/i.test(text);
/** Seconds. */
const SOON = 30;

const denied =
  'Check the client ID, its secret or key, and the permissions of the user that the app runs ' +
  'as, then retry the system.';
const signInRefused =
  'Check the client ID and its secret or key (those of the section salesforce, where the ' +
  "system's entry has none), then retry the system.";
const actions: Readonly<Record<string, string>> = {
  '42P01':
    'An object is gone, or not for us to query. Retry the system: it reads the data model ' +
    'anew. `dossier discover --fresh` shows what is there; `salesforce.exclude` leaves an object out.',
  '42703':
    'A field is gone. Retry the system: it reads the data model anew. `dossier discover ' +
    '--fresh` shows what is there.',
  42501:
    'Let the user that the app runs as query the object, or leave it out by ' +
    '`salesforce.exclude`; then retry the system.',
  '403 REQUEST_LIMIT_EXCEEDED':
    'The allowance of API calls in 24 hours is spent: it waits for the window to move.',
  '400 invalid_grant':
    'Check that the app allows this flow on the My Domain host and has a user to run as and ' +
    'the scopes api, cdp_query_api and cdp_profile_api, then retry the system.',
};

/**
 * Refusals that heal when the call, or the whole query, is made again. Examples are a row that
 * another transaction holds, and a cursor that ended amid its pages.
 */
const PASSING = new Set(['UNABLE_TO_LOCK_ROW', 'INVALID_QUERY_LOCATOR', 'QUERY_TIMEOUT']);

function kindOfRefusal({ status, text }: RefusedResponse, code: string | undefined): FailureKind {
  if (status === 501) return 'rejected';
  // Without a body it passes by itself; with one, the body says what the server cannot return.
  if (status === 406 && text.trim() === '') return 'unavailable';
  if (code !== undefined && PASSING.has(code)) return 'unavailable';
  return status === 403 && code === 'REQUEST_LIMIT_EXCEEDED' ? 'unavailable' : kindOfStatus(status);
}

function kindOfTokenRefusal(status: number, code: string | undefined): FailureKind {
  if (/^request_limit_exceeded$/i.test(code ?? '')) return 'unavailable';
  if (status !== 400 && status !== 401) return kindOfStatus(status);
  return code === 'unknown_error' ? 'unavailable' : 'denied';
}

/**
 * What to do about an address that leads elsewhere. We follow no redirect, because the token would
 * go along.
 */
function redirectAction({
  status,
  leadsTo,
  fromTokenEndpoint,
}: RefusedResponse): string | undefined {
  if (status < 300 || status > 399) return undefined;
  const host = leadsTo !== undefined && URL.canParse(leadsTo) ? ` to ${new URL(leadsTo).host}` : '';
  return fromTokenEndpoint
    ? `The address leads elsewhere${host}, as after a change of My Domain: set ` +
        `salesforce.loginUrl (or the address in the system's entry) to the present one, then ` +
        'retry the system.'
    : `The address leads elsewhere${host}: check salesforce.loginUrl (or the address in the ` +
        `system's entry), then retry the system.`;
}

/**
 * The field that a refused SOQL query names. The response repeats the query too, but the quotes
 * inside its values are escaped.
 */
const refusedFieldOf = (text: string): string | undefined =>
  /(?:No such column|field) '([A-Za-z]\w{0,99})' (?:on|can not be filtered)\b/.exec(text)?.[1];

/**
 * The state of a query that failed. Some responses have it only inside a text, or in JSON that is
 * itself a text.
 */
const sqlStateOf = (text: string): ForeignCode | undefined =>
  safeCode(/(?:SQLSTATE|[sS]ql_?[sS]tate)[^0-9A-Za-z]{1,8}([0-9A-Z]{5})\b/.exec(text)?.[1]);

/**
 * The code of an error body. It is in `errorCode` of an array on the core host, and in `error` of
 * an object elsewhere. The marketing clouds send a number as `code` or `errorcode`. In problem
 * documents it is the last step of `type`; in OCAPI, the type of a `fault`.
 */
function codeOf(text: string): ForeignCode | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof first !== 'object' || first === null) return undefined;
  const { errorCode, error, code, errorcode, type, fault } = first as Readonly<
    Record<string, unknown>
  >;
  return (
    safeCode(errorCode) ??
    safeCode(error) ??
    numberCode(code) ??
    numberCode(errorcode) ??
    problemCode(type) ??
    safeCode(
      typeof fault === 'object' && fault !== null
        ? (fault as Readonly<Record<string, unknown>>).type
        : undefined,
    )
  );
}

const numberCode = (code: unknown): ForeignCode | undefined =>
  typeof code === 'number' && Number.isInteger(code) && code > 0 && code < 1_000_000
    ? foreignCode(String(code))
    : undefined;
const problemCode = (type: unknown): ForeignCode | undefined =>
  typeof type === 'string' ? safeCode(type.split('/').at(-1)?.replaceAll('-', '_')) : undefined;

const untrusted = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * The failure for a connection that broke, or never came to be.
 *
 * @throws the error itself if it is not the network's: a bug must not look like a system that is
 *   down
 */
export function failureOfConnection(system: string, error: unknown): SystemFailure {
  const code = safeCode((error as { code?: unknown } | null)?.code);
  if (code === undefined || /^ERR_INVALID|^UND_ERR_INVALID/.test(code)) throw error;
  if (untrusted.has(code)) {
    return new SystemFailure({
      kind: 'denied',
      system,
      code,
      action: 'Its certificate is not trusted: name the authority in `salesforce.ca`.',
    });
  }
  const foreign =
    code.startsWith('HPE_') ||
    code.startsWith('Z_') ||
    code.startsWith('ERR__ERROR_') ||
    code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
  return new SystemFailure({ kind: foreign ? 'unreadable' : 'unavailable', system, code });
}
