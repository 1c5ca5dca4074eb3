import type { Clock } from '../server/clock.ts';
import type { CoreObject } from './model.ts';
import { positive, sqlRefusal } from './query-sql.ts';
import { CORE_SCHEMA, translated } from './soql.ts';
import { csvOf } from '../server/csv.ts';
import {
  empty,
  json,
  jsonBody,
  Refusal,
  type Answer,
  type Call,
  type Route,
} from '../server/http.ts';
import { writerOf, type Milliseconds } from '../data-cloud/pages.ts';
import type { HeldResult, Results } from '../data-cloud/results.ts';
import type { BulkNotes } from '../seed/shape.ts';
import type { Translated } from './soql-to-sql.ts';

/** What the Bulk API needs. */
export interface BulkParts {
  readonly objects: ReadonlyMap<string, CoreObject>;
  readonly results: Results;
  readonly milliseconds: Milliseconds;
  readonly clock: Clock;
  readonly notes: BulkNotes;
  /** The most records in a page. */
  readonly page: number;
}

type State = 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

interface Job {
  readonly id: string;
  readonly version: string;
  readonly operation: string;
  readonly columnDelimiter: string;
  readonly lineEnding: string;
  readonly createdDate: string;
  readonly query: Translated;
  readonly result: HeldResult;
  readonly fails: boolean;
  state: State;
  polls: number;
}

const ROOT = '/services/data/:version/jobs/query';
const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  SEMICOLON: ';',
  TAB: '\t',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
};
const LINE_ENDINGS: Readonly<Record<string, string>> = { LF: '\n', CRLF: '\r\n' };
const refused = (status: number, errorCode: string, message: string): Refusal =>
  new Refusal(json(status, [{ errorCode, message }]));

/**
 * Queries of Bulk API 2.0: a job, its states, and its result as pages of CSV. Each page starts with
 * the line of names.
 */
export function bulkRoutes({
  objects,
  results,
  milliseconds,
  clock,
  notes,
  page,
}: BulkParts): Route[] {
  const jobs = new Map<string, Job>();

  const found = (call: Call): Job => {
    const id = (call.params.id ?? '').slice(0, 15);
    const job = [...jobs.values()].find((it) => it.id.slice(0, 15) === id);
    if (job === undefined) throw refused(404, 'NOT_FOUND', 'The requested resource does not exist');
    return job;
  };

  const create = async (call: Call): Promise<Answer> => {
    const {
      operation,
      query,
      columnDelimiter = 'COMMA',
      lineEnding = 'LF',
      contentType = 'CSV',
    } = jsonBody(call);
    if (operation !== 'query' && operation !== 'queryAll') {
      throw refused(400, 'INVALIDJOB', 'operation is not supported');
    }
    if (typeof query !== 'string') throw refused(400, 'INVALIDJOB', 'query is required');
    const form = [String(columnDelimiter), String(lineEnding)] as const;
    if (contentType !== 'CSV' || !(form[0] in DELIMITERS) || !(form[1] in LINE_ENDINGS)) {
      throw refused(
        400,
        'INVALIDJOB',
        'contentType, columnDelimiter or lineEnding is not supported',
      );
    }
    const isUnfit = /\b(?:OFFSET|GROUP\s+BY|TYPEOF)\b/i.test(
      query.replace(/'(?:[^'\\]|\\.)*'/g, ''),
    );
    const asked = isUnfit ? undefined : translated(query, objects, operation === 'queryAll');
    if (asked === undefined || asked.countOnly || asked.blobs.size > 0) {
      throw refused(
        400,
        'INVALIDENTITY',
        'Aggregates, OFFSET, TYPEOF and binary fields are not supported in bulk queries',
      );
    }
    const statement = { schema: CORE_SCHEMA, sql: asked.sql, values: asked.values };
    const { result } = await results.open(statement, 1).catch((error: unknown) => {
      throw sqlRefusal(error, query);
    });
    await result.complete;
    const job: Job = {
      id: `750xx${String(jobs.size + 1).padStart(10, '0')}AAA`,
      version: call.params.version ?? '',
      operation,
      columnDelimiter: form[0],
      lineEnding: form[1],
      createdDate: new Date(clock.now()).toISOString().replace('Z', '+0000'),
      query: asked,
      result,
      fails: notes.fails !== undefined && new RegExp(notes.fails).test(query),
      state: 'UploadComplete',
      polls: 0,
    };
    jobs.set(job.id, job);
    return json(200, jobBody(job));
  };

  const status = (call: Call): Answer => {
    const job = found(call);
    job.polls += 1;
    if (job.state === 'UploadComplete' || job.state === 'InProgress') {
      const ended = job.fails ? 'Failed' : 'JobComplete';
      job.state = job.polls <= notes.inProgressPolls ? 'InProgress' : ended;
    }
    return json(200, { ...jobBody(job), ...progressOf(job) });
  };

  const read = async (call: Call): Promise<Answer> => {
    const job = found(call);
    if (job.version !== call.params.version) {
      throw refused(
        409,
        'API_VERSION_MISMATCH',
        'The job was made with another version of the API',
      );
    }
    if (job.state !== 'JobComplete') {
      throw refused(400, 'INVALIDJOBSTATE', `The job is ${job.state}`);
    }
    const offset = offsetOf(call.query.get('locator'));
    const total = job.result.count() ?? 0;
    if (offset === undefined || (offset > 0 && offset >= total)) {
      throw refused(400, 'INVALIDLOCATOR', 'The locator is invalid');
    }
    const rows = await job.result.read(
      offset,
      Math.min(positive(call.query.get('maxRecords')) ?? page, page),
    );
    const writers = job.result.columns.map((column) => writerOf(column, milliseconds));
    const names = job.query.paths.map((path) => path.join('.'));
    const cells = rows.map((row) =>
      row.map((value, at) => plain(names[at] ?? '', writers[at]?.(value) ?? 'null')),
    );
    const next = offset + rows.length;
    const form = {
      delimiter: DELIMITERS[job.columnDelimiter] ?? ',',
      lineEnding: LINE_ENDINGS[job.lineEnding] ?? '\n',
    };
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=UTF-8',
        'sforce-numberofrecords': String(rows.length),
        'sforce-locator': next < total ? locatorOf(next) : 'null',
      },
      text: csvOf(names, cells, form),
    };
  };

  const abort = (call: Call): Answer => {
    const job = found(call);
    if (jsonBody(call).state !== 'Aborted') {
      throw refused(400, 'INVALIDJOBSTATE', 'A job can only be aborted');
    }
    if (job.state === 'JobComplete' || job.state === 'Failed') {
      throw refused(400, 'INVALIDJOBSTATE', `The job is ${job.state}`);
    }
    job.state = 'Aborted';
    return json(200, jobBody(job));
  };

  const remove = async (call: Call): Promise<Answer> => {
    const job = found(call);
    if (job.state === 'UploadComplete' || job.state === 'InProgress') {
      throw refused(400, 'INVALIDJOBSTATE', `The job is ${job.state}`);
    }
    jobs.delete(job.id);
    await results.drop(job.result.id);
    return empty(204);
  };

  return [
    { method: 'POST', path: ROOT, handle: create },
    {
      method: 'GET',
      path: ROOT,
      handle: () =>
        json(200, { done: true, records: [...jobs.values()].map(jobBody), nextRecordsUrl: null }),
    },
    { method: 'GET', path: `${ROOT}/:id`, handle: status },
    { method: 'GET', path: `${ROOT}/:id/results`, handle: read },
    { method: 'PATCH', path: `${ROOT}/:id`, handle: abort },
    { method: 'DELETE', path: `${ROOT}/:id`, handle: remove },
  ];
}

const jobBody = ({
  id,
  operation,
  query,
  state,
  version,
  createdDate,
  columnDelimiter,
  lineEnding,
}: Job): object => ({
  id,
  operation,
  object: query.object.name,
  createdById: '005xx000001SwiUAAS',
  createdDate,
  systemModstamp: createdDate,
  state,
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: Number(version.slice(1)),
  lineEnding,
  columnDelimiter,
});

const progressOf = ({ state, result }: Job): object => ({
  numberRecordsProcessed: state === 'JobComplete' ? (result.count() ?? 0) : 0,
  retries: 0,
  totalProcessingTime: state === 'JobComplete' ? 120 : 0,
  isPkChunkingSupported: true,
  ...(state === 'Failed' && { errorMessage: 'The query could not be processed' }),
});

const locatorOf = (offset: number): string => Buffer.from(String(offset)).toString('base64url');

function offsetOf(locator: string | null): number | undefined {
  if (locator === null) return 0;
  const text = Buffer.from(locator, 'base64url').toString('utf8');
  return /^\d+$/.test(text) && locatorOf(Number(text)) === locator ? Number(text) : undefined;
}

/** The text of a cell, without the quotes of JSON. */
function plain(name: string, value: string): string | null {
  if (value === 'null') return /^Is(?:Deleted|Archived)$/.test(name) ? 'false' : null;
  return value.startsWith('"') ? (JSON.parse(value) as string) : value;
}
