import type { WireStand } from '../wire-stand.ts';
import { sources } from '../sources.ts';
import { empty, json, ok, page, raw, type WireApi } from '../wire-case.ts';
import { gzipSync } from 'node:zlib';

const job = (state: string) => ({
  id: '750Tn000004ZoR3IAK',
  operation: 'query',
  object: 'Contact',
  createdById: '0050900000Bf63SAAR',
  createdDate: '2026-11-28T15:50:37.000+0000',
  systemModstamp: '2026-11-28T15:50:37.000+0000',
  state,
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: 67,
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
});
const CREATE = 'POST jobs/query';
const JOB = 'GET jobs/query/750Tn000004ZoR3IAK';
const RESULTS = `${JOB}/results`;
const begun = { [CREATE]: ok(job('UploadComplete')) };
const done = { ...begun, [JOB]: ok(job('JobComplete')) };
const csv = (text: string, rows: number, locator = 'null') =>
  raw(200, text, {
    'content-type': 'text/csv',
    'sforce-numberofrecords': String(rows),
    'sforce-locator': locator,
  });

async function rowsOf(at: WireStand): Promise<unknown> {
  const rows: unknown[] = [];
  for await (const piece of at.salesforce.bulk('SELECT Id, Name FROM Contact', { system: 'crm' })) {
    rows.push(...piece.rows);
  }
  return rows;
}

export default {
  api: 'Bulk API 2.0: /jobs/query',
  connectors: ['core-crm'],
  ask: rowsOf,
  cases: [
    {
      rule: 'waits for the job and reads its results',
      source: [sources.airbyteJob, sources.airbyteBulk],
      answers: {
        ...begun,
        [JOB]: [ok(job('InProgress')), ok(job('JobComplete'))],
        [RESULTS]: csv('"Id","Name"\n"1","Ana"\n', 1),
      },
      gives: [['1', 'Ana']],
    },
    {
      rule: 'reads every page, each with the header again',
      source: sources.bulkResults,
      answers: {
        ...done,
        [RESULTS]: csv('"Id","Name"\n"1","A"\n', 1, 'MTAw'),
        [`${RESULTS}?locator=MTAw`]: csv('"Id","Name"\n"2","B"\n', 1),
      },
      gives: [
        ['1', 'A'],
        ['2', 'B'],
      ],
    },
    {
      rule: 'reads results without a row',
      source: sources.bulkResults,
      answers: { ...done, [RESULTS]: csv('"Id","Name"\n', 0) },
      gives: [],
    },
    {
      rule: 'reads texts with quotes, commas and line breaks',
      source: sources.bulkResults,
      answers: { ...done, [RESULTS]: csv('"Id","Name"\n"1","An ""a"",\nb"\n', 1) },
      gives: [['1', 'An "a",\nb']],
    },
    {
      rule: 'reads compressed results',
      source: sources.http,
      answers: {
        ...done,
        [RESULTS]: raw(200, gzipSync('"Id","Name"\n"1","A"\n'), {
          'content-type': 'text/csv',
          'content-encoding': 'gzip',
          'sforce-numberofrecords': '1',
          'sforce-locator': 'null',
        }),
      },
      gives: [['1', 'A']],
    },
    {
      rule: 'ends without a locator where the job counted no more rows',
      source: [sources.airbyteBulk, sources.bulkInfo],
      answers: {
        ...begun,
        [JOB]: ok({ ...job('JobComplete'), numberRecordsProcessed: 1 }),
        [RESULTS]: raw(200, '"Id","Name"\n"1","A"\n', { 'content-type': 'text/csv' }),
      },
      gives: [['1', 'A']],
    },
    {
      rule: 'refuses an end without a locator where the job counted more',
      source: sources.bulkInfo,
      answers: {
        ...begun,
        [JOB]: ok({ ...job('JobComplete'), numberRecordsProcessed: 9 }),
        [RESULTS]: raw(200, '"Id","Name"\n"1","A"\n', { 'content-type': 'text/csv' }),
      },
      fails: { kind: 'unreadable', code: 'NO_LOCATOR' },
    },
    {
      rule: 'refuses fewer rows than are told',
      source: sources.bulkResults,
      answers: { ...done, [RESULTS]: csv('"Id","Name"\n"1","A"\n', 2) },
      fails: { kind: 'unreadable', code: 'ROWS_MISSING' },
    },
    {
      rule: 'calls a quote that breaks off unreadable, and quotes none of it',
      source: sources.bulkResults,
      guess: 'that a server may break a quote',
      answers: { ...done, [RESULTS]: csv('"Id","Name"\n"1",Ana"Lima\n', 1) },
      fails: { kind: 'unreadable', code: 'NOT_CSV' },
    },
    {
      rule: 'calls a row of another width unreadable, and quotes none of it',
      source: sources.bulkResults,
      guess: 'that a server may leave a value out',
      answers: { ...done, [RESULTS]: csv('"Id","Name"\n"1","Ana","Lima"\n', 1) },
      fails: { kind: 'unreadable', code: 'NOT_CSV' },
    },
    {
      rule: 'calls a job that failed rejected',
      source: sources.airbyteBulk,
      answers: { ...begun, [JOB]: ok({ ...job('Failed'), errorMessage: 'InvalidBatch : Ana' }) },
      fails: { kind: 'rejected', code: 'BULK_JOB_FAILED' },
    },
    {
      rule: 'begins anew where somebody aborted the job',
      source: sources.airbyteBulk,
      answers: { ...begun, [JOB]: ok(job('Aborted')) },
      fails: { kind: 'unavailable', code: 'BULK_JOB_ABORTED' },
    },
    {
      rule: 'says that an object is not for bulk',
      source: sources.airbyteRules,
      answers: {
        [CREATE]: json(400, [
          {
            errorCode: 'INVALIDENTITY',
            message: "Entity 'ContactShare' is not supported by the Bulk API.",
          },
        ]),
      },
      fails: { kind: 'rejected', status: 400, code: 'INVALIDENTITY' },
    },
    {
      rule: 'is denied where bulk is not for the user',
      source: sources.airbyteBulk,
      answers: { [CREATE]: raw(403, '[{}]', { 'content-type': 'application/json' }) },
      fails: { kind: 'denied', status: 403 },
    },
    {
      rule: 'waits where the status is 406 and there is no body',
      source: sources.airbyteRules,
      answers: { [CREATE]: empty(406) },
      fails: { kind: 'unavailable', status: 406 },
    },
    {
      rule: "begins anew where the results are another version's",
      source: sources.bulkResults,
      answers: { ...done, [RESULTS]: json(409, [{ errorCode: 'VERSION_MISMATCH', message: '' }]) },
      fails: { kind: 'unavailable', status: 409 },
    },
    {
      rule: 'does not take a page for results',
      source: sources.autodocErrors,
      answers: { ...done, [RESULTS]: page() },
      fails: { kind: 'unreadable', code: 'NOT_CSV' },
    },
  ],
} satisfies WireApi;
