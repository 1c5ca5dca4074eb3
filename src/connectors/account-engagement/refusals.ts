import { SystemFailure } from '../../http/failure.ts';
import { failureOfResponse } from '../../http/response-failure.ts';
import type { HttpResponse } from '../../http/transport.ts';

/** More than five calls at the same time, and the day's allowance spent. */
export const BUSY = ['66', '122'];

/**
 * Warnings of a sequence that ends although there are more records: 101 in the server's own list,
 * 203 in the documents.
 */
export const CUT: ReadonlySet<string> = new Set(['101', '203']);
/**
 * The warning that access rules hide records from us. 201, a record in the recycle bin, hides
 * nothing.
 */
export const REDACTED = '202';

/**
 * The codes of a `Pardot-Warning` header, such as `101;Record count …,202;Record(s) …`. In its
 * texts, commas and semicolons have `\` before them.
 *
 * @see Pardot's own API framework, class `ApiWarnings`; Account Engagement API, "Version 5
 *   Overview"; read 2026-11-28
 */
export const warningsIn = (header: string | readonly string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .join(',')
    .split(/(?<!\\),/)
    .flatMap((warning) => /^\s*(\d{3})\s*(?:;|$)/.exec(warning)?.[1] ?? []);

/**
 * Fields that a refusal names; one of them makes the whole query fail. The account does not have
 * them, or no query returns them.
 *
 * @see pardot/api-docs, issue 235 (2022-03-08), for the first text. The second is Pardot's own
 *   framework's, and no source shows its prefix.
 */
export function refusedFields(text: string): {
  readonly unknown: readonly string[];
  readonly unqueried: readonly string[];
} {
  const message = messageOf(text);
  const [, unknown = ''] = /invalid or unknown fields?:([\w.,\s]*)/i.exec(message) ?? [];
  const [before, after] = message.split('. These fields are not queryable');
  return {
    unknown: namesIn(unknown),
    unqueried: after === undefined ? [] : namesIn(before?.split(':').at(-1) ?? ''),
  };
}

/**
 * Whether an object turned out to have no recycle bin. The pages of the objects say so only in
 * part.
 */
export const refusesDeleted = (text: string): boolean =>
  /\binvalid\b.*\bdeleted\b/i.test(messageOf(text));

const namesIn = (list: string): string[] =>
  list
    .split(/[,\s]+/)
    .map((name) => name.replace(/\.$/, ''))
    .filter((name) => name !== '');

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 10_000) : '';
  } catch {
    return '';
  }
}

/**
 * The meaning of status 400. A page token that has ended, or is no longer valid, heals when the
 * export begins anew.
 */
export function refusal(system: string, { text }: HttpResponse): SystemFailure {
  const failure = failureOfResponse({
    system,
    status: 400,
    text,
    retryAfter: undefined,
    fromTokenEndpoint: false,
    busyCodes: BUSY,
  });
  if (
    failure.facts.kind === 'rejected' &&
    /\bpage ?token\b/i.test(messageOf(text)) &&
    /expired|invalid/i.test(messageOf(text))
  ) {
    return new SystemFailure({ ...failure.facts, kind: 'unavailable' });
  }
  return explained(failure);
}

const SCOPE =
  'Give the app the scope pardot_api, and its user a role in this business unit that may see ' +
  'prospects and visitors; then retry the system.';
const UNIT =
  'Check the ID of the business unit (`businessUnits`) and `baseUrl`: the wrong host knows no ' +
  'business unit. Then retry the system.';
/** Refusals of our identity; this API sends them under any status. */
const DENIED: Readonly<Record<string, string>> = {
  46: SCOPE,
  49: SCOPE,
  181: UNIT,
  182: UNIT,
  184: SCOPE,
  201: UNIT,
};

/**
 * A refusal with the meaning of this API: its codes say more than its statuses. @see Account
 * Engagement API, "Error Codes and Messages"; read 2026-11-28
 */
export function explained(failure: SystemFailure): SystemFailure {
  const action = DENIED[failure.facts.code ?? ''];
  return action === undefined || failure.facts.kind === 'unavailable'
    ? failure
    : new SystemFailure({ ...failure.facts, kind: 'denied', action });
}
