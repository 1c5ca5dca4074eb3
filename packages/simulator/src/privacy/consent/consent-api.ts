import { json, jsonBody, Refusal, type Answer, type Call, type Route } from '../../server/http.ts';
import type { Restrictions } from '../../store/restrictions.ts';
import type { ConsentNotes } from '../../seed/privacy.ts';
import type { Drops, DropTarget } from './portability.ts';

type Action = 'processing' | 'portability' | 'shouldforget';
type Status = 'optin' | 'optout';

/** What the Consent API needs. */
export interface ConsentParts {
  readonly notes: ConsentNotes;
  readonly restrictions: Restrictions;
  readonly drops: Drops;
  /** Whether an individual has this ID in any data space. */
  readonly isIndividual: (id: string) => Promise<boolean>;
}

const PATH = '/services/data/:version/consent/action/:action';
const ACTIONS: Readonly<Record<string, Action>> = {
  processing: 'processing',
  process: 'processing',
  portability: 'portability',
  shouldforget: 'shouldforget',
};
const STATUSES: Readonly<Record<Action, readonly string[]>> = {
  processing: ['optin', 'optout'],
  portability: ['optin'],
  shouldforget: ['optin'],
};
const TARGET = [
  'aws_s3_bucket_id',
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_s3_folder',
  'aws_region',
];
const refused = (status: number, errorCode: string, message: string): Refusal =>
  new Refusal(json(status, [{ message, errorCode }]));
const failure = (id: string, reason: string) => ({
  result: 'Failure',
  errorCode: 'PROBLEM_PROCESSING_REQUEST',
  errorMessage: `Problem processing request: ${reason} [${id}] not exists.`,
});

/**
 * The Consent API. With `mode=cdp` it changes Data Cloud's individuals. Without, it succeeds
 * against other data. A failure with `mode=cdp` has status 200.
 */
export function consentRoutes({ notes, restrictions, drops, isIndividual }: ConsentParts): Route[] {
  const set = new Map<string, Map<Action, Status>>(
    Object.entries(notes.state).map(([id, actions]) => [
      id,
      new Map(Object.entries(actions) as [Action, Status][]),
    ]),
  );
  const stateOf = (id: string, action: Action): Status | undefined => {
    const state = set.get(id)?.get(action);
    if (action !== 'processing') return state;
    return restrictions.isRestricted(id) ? 'optout' : state && 'optin';
  };

  const asked = (
    call: Call,
    sinceVersion: number,
  ): {
    action: Action;
    ids: string[];
    cdp: boolean;
  } => {
    if (Number((call.params.version ?? 'v0').slice(1)) < sinceVersion) {
      throw refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    if (!notes.permission) {
      throw refused(403, 'INSUFFICIENT_ACCESS', 'You need ModifyAllData or ConsentApiUpdate');
    }
    const action = ACTIONS[(call.params.action ?? '').toLowerCase()];
    if (action === undefined) throw refused(400, 'INVALID_INPUT', 'The action is not supported');
    const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
    if (ids.length === 0) throw refused(400, 'MISSING_ARGUMENT', 'ids is required');
    if (ids.length > notes.maxIds) {
      throw refused(400, 'INVALID_INPUT', `More than ${notes.maxIds} ids`);
    }
    return { action, ids, cdp: call.query.get('mode')?.toLowerCase() === 'cdp' };
  };

  const read = (call: Call): Answer => {
    const { action, ids, cdp } = asked(call, 48);
    const entry = (state: Status | undefined) => ({
      result: 'Success',
      proceed: { [action]: String(state !== 'optout'), [`${action}Result`]: 'Success' },
    });
    if (!cdp) return json(200, Object.fromEntries(ids.map((id) => [id, entry('optin')])));
    return perId(ids, (id) => {
      const state = stateOf(id, action);
      return state === undefined ? failure(id, 'INVALID_ID_FIELD: individualId') : entry(state);
    });
  };

  const write = async (call: Call): Promise<Answer> => {
    const { action, ids, cdp } = asked(call, 50);
    const status = call.query.get('status')?.toLowerCase() ?? '';
    if (!STATUSES[action].includes(status)) {
      throw refused(400, 'INVALID_INPUT', `status is not supported for ${action}`);
    }
    if (!cdp) return json(200, Object.fromEntries(ids.map((id) => [id, { result: 'Success' }])));
    const target = action === 'portability' ? targetOf(call) : undefined;
    const known = new Map<string, boolean>();
    for (const id of ids) {
      known.set(id, await isIndividual(id));
    }
    const refusesAll = notes.severalIds === 'all-or-none' && [...known.values()].includes(false);
    for (const id of ids) {
      if (refusesAll || known.get(id) !== true) continue;
      set.set(id, (set.get(id) ?? new Map<Action, Status>()).set(action, status as Status));
      if (action === 'processing') await restrictions.restrict(id, status === 'optout');
      if (target) drops.order(id, target);
    }
    return perId(ids, (id) =>
      refusesAll || known.get(id) !== true
        ? failure(id, 'INVALID_ID_FIELD: individualId')
        : { result: 'Success', [action]: true },
    );
  };

  /**
   * An entry for each ID. If none is a success, or one failure counts for all, the response is one
   * failure.
   */
  const perId = (ids: readonly string[], entryOf: (id: string) => { result: string }): Answer => {
    const entries = ids.map((id) => [id, entryOf(id)] as const);
    const [, failed] = entries.find(([, { result }]) => result === 'Failure') ?? [];
    if (
      failed &&
      (notes.severalIds === 'all-or-none' ||
        entries.every(([, { result }]) => result === 'Failure'))
    ) {
      return json(200, { results: failed });
    }
    const plain = Object.fromEntries(entries);
    const isWrite = entries.some(
      ([, entry]) => !('proceed' in entry) && entry.result === 'Success',
    );
    return json(200, isWrite && notes.writeShape === 'cdpResult' ? { cdpResult: plain } : plain);
  };

  return [
    { method: 'GET', path: PATH, handle: read },
    { method: 'PATCH', path: PATH, handle: write },
  ];
}

/**
 * Where the caller wants the data.
 *
 * @throws Refusal with 400 that names what is missing, and never a value
 */
function targetOf(call: Call): DropTarget {
  const body = jsonBody(call);
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const missing = TARGET.filter((name) => text(name) === '');
  if (missing.length > 0) throw refused(400, 'MISSING_ARGUMENT', `Missing: ${missing.join(', ')}`);
  return {
    bucket: text('aws_s3_bucket_id'),
    folder: text('aws_s3_folder'),
    accessKeyId: text('aws_access_key_id'),
    secretAccessKey: text('aws_secret_access_key'),
    region: text('aws_region'),
  };
}
