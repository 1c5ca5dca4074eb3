import type { Clock } from '../../server/clock.ts';
import type { CoreObject } from '../../core/model.ts';
import { STANDARD_SOBJECTS } from '../../core/standard.ts';
import { csvOf } from '../../server/csv.ts';
import {
  bearerOf,
  html,
  json,
  jsonBody,
  Refusal,
  type Answer,
  type Call,
  type Route,
} from '../../server/http.ts';
import type { Results } from '../../data-cloud/results.ts';
import type { PrivacyCenterNotes } from '../../seed/privacy.ts';
import { subjectRecords, type SubjectRecords } from './subject-records.ts';
import { zipOf } from './zip.ts';

/** What Privacy Center needs. */
export interface PrivacyCenterParts {
  /** Undefined in an org without the licence. */
  readonly notes: PrivacyCenterNotes | undefined;
  readonly objects: ReadonlyMap<string, CoreObject>;
  readonly results: Results;
  readonly clock: Clock;
  readonly isToken: (token: string) => boolean;
  /** The address of the core plane. */
  readonly core: () => string;
}

interface PolicyFile {
  readonly id: string;
  readonly subject: string;
  readonly root: CoreObject;
  readonly orderedAt: number;
  polls: number;
}

const PATH = '/services/data/:version/consent/dsr/rtp/execute';
const DAY = 24 * 60 * 60 * 1_000;
const refused = (status: number, errorCode: string, message: string): Refusal =>
  new Refusal(json(status, [{ message, errorCode }]));

/**
 * The portability API of Privacy Center. `api` orders a file and reports its progress, with a token
 * of the core. `download` is a servlet that shows a login page to unknown callers.
 */
export function privacyCenterRoutes(parts: PrivacyCenterParts): {
  readonly api: Route[];
  readonly download: Route;
} {
  const { notes, objects, results, clock, isToken, core } = parts;
  const files = new Map<string, PolicyFile>();

  const licensed = (): PrivacyCenterNotes => {
    if (notes === undefined) {
      throw refused(403, 'FUNCTIONALITY_NOT_ENABLED', 'Privacy Center is not enabled');
    }
    if (!notes.permission) {
      throw refused(403, 'INSUFFICIENT_ACCESS', 'You need ModifyAllData or PrivacyDataAccess');
    }
    return notes;
  };
  const stateOf = (
    file: PolicyFile,
    { completesAfterSeconds, completesAfterPolls, fails }: PrivacyCenterNotes,
  ) => {
    const done =
      completesAfterSeconds === undefined
        ? file.polls > completesAfterPolls
        : clock.now() - file.orderedAt >= completesAfterSeconds * 1_000;
    if (!done) return 'In Progress';
    return fails.some((id) => isSame(id, file.subject)) ? 'Failed' : 'Complete';
  };
  const told = (file: PolicyFile, state: string, { spelling }: PrivacyCenterNotes): Answer =>
    json(200, {
      status: 'SUCCESS',
      warnings: [],
      result: {
        policyFileStatus: state,
        [`policyFile${spelling}`]: `${core()}/servlet/policyFileDownload?file=${file.id}`,
        [spelling === 'Url' ? 'policyFileId' : 'policyFileID']: file.id,
      },
    });

  const order = async (call: Call): Promise<Answer> => {
    const settings = licensed();
    const body = jsonBody(call);
    const subject = textOf(body.dataSubjectId ?? body.dataSubjectID);
    const roots = settings.policies[textOf(body.policyName)];
    if (roots === undefined) {
      throw refused(400, 'INVALID_INPUT', 'There is no active policy of that name');
    }
    const root = [...objects.values()].find(
      ({ name }) =>
        roots.includes(name) && subject.startsWith(STANDARD_SOBJECTS[name]?.prefix ?? ' '),
    );
    if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(subject) || root === undefined) {
      throw refused(
        400,
        'INVALID_ID_FIELD',
        'dataSubjectId is no ID of a root object of the policy',
      );
    }
    if ((await subjectRecords(results, objects, root, subject)).length === 0) {
      throw refused(400, 'INVALID_ID_FIELD', 'dataSubjectId does not exist');
    }
    const id = `0jexx${String(files.size + 1).padStart(10, '0')}`;
    const file: PolicyFile = { id, subject, root, orderedAt: clock.now(), polls: 0 };
    files.set(id, file);
    return told(file, 'In Progress', settings);
  };

  const status = (call: Call): Answer => {
    const settings = licensed();
    const file = files.get((call.query.get('policyFileId') ?? '').slice(0, 15));
    if (file === undefined) throw refused(404, 'NOT_FOUND', 'The policy file does not exist');
    file.polls += 1;
    return told(file, stateOf(file, settings), settings);
  };

  const download = async (call: Call): Promise<Answer> => {
    if (notes === undefined) return html(404, 'URL No Longer Exists');
    const bearer = notes.download === 'sid' ? '' : bearerOf(call);
    const sid = notes.download === 'bearer' ? '' : sidOf(call);
    if (!isToken(bearer) && !isToken(sid)) return html(200, 'Login | Salesforce');
    const file = files.get((call.query.get('file') ?? '').slice(0, 15));
    const age = clock.now() - (file?.orderedAt ?? 0);
    if (
      file === undefined ||
      stateOf(file, notes) !== 'Complete' ||
      age > notes.expiresAfterDays * DAY
    ) {
      return html(404, 'URL No Longer Exists');
    }
    return fileAnswer(
      file.id,
      await subjectRecords(results, objects, file.root, file.subject),
      notes.format,
    );
  };

  return {
    api: [
      { method: 'POST', path: PATH, handle: order },
      { method: 'GET', path: PATH, handle: status },
    ],
    download: { method: 'GET', path: '/servlet/policyFileDownload', handle: download },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isSame = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);

function sidOf({ headers }: Call): string {
  const value = /(?:^|;\s*)sid=([^;]+)/.exec(headers.cookie ?? '')?.[1] ?? '';
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function fileAnswer(
  id: string,
  records: readonly SubjectRecords[],
  format: PrivacyCenterNotes['format'],
): Answer {
  const disposition = { 'content-disposition': `attachment; filename="${id}.${format}"` };
  if (format === 'zip') {
    const text = zipOf(
      records.map(({ object, columns, rows }) => ({
        name: `${object}.csv`,
        text: csvOf(columns, rows),
      })),
    );
    return { status: 200, headers: { 'content-type': 'application/zip', ...disposition }, text };
  }
  const asObjects = ({ columns, rows }: SubjectRecords): object[] =>
    rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
  return json(
    200,
    Object.fromEntries(records.map((record) => [record.object, asObjects(record)])),
    disposition,
  );
}
