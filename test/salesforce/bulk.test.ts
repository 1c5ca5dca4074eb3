import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf, withServer, type Reply } from './plain-server.ts';
import type { Salesforce } from '../../src/salesforce/create-salesforce.ts';

const scope = { system: 'crm' };
const rowsOf = async (salesforce: Salesforce, maxRecords?: number) => {
  const all: string[][] = [];
  for await (const { rows } of salesforce.bulk('SELECT Id, Name FROM Task', {
    ...scope,
    ...(maxRecords !== undefined && { maxRecords }),
  })) {
    all.push(...rows.map((row) => [...row]));
  }
  return all;
};
const csv = (rows: readonly string[], locator: string | undefined, told = rows.length): Reply => ({
  type: 'text/csv',
  body: `"Id","Name"\n${rows.map((row) => `${row}\n`).join('')}`,
  headers: {
    'sforce-numberofrecords': String(told),
    ...(locator !== undefined && { 'sforce-locator': locator }),
  },
});

/** A job that is at work when it is first asked after, and then gives these pages by locator. */
const job = (
  pages: Readonly<Record<string, Reply>>,
  states: readonly string[] = ['UploadComplete', 'InProgress', 'JobComplete'],
) => {
  let asked = 0;
  return ({ method, url }: { method: string; url: string }): Reply => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (method === 'POST') return { body: { id: '750xx', state: 'UploadComplete' } };
    if (pathname.endsWith('/results')) {
      return pages[searchParams.get('locator') ?? ''] ?? { status: 404 };
    }
    asked += 1;
    return { body: { id: '750xx', state: states[Math.min(asked, states.length) - 1] } };
  };
};
const failing = (pages: Readonly<Record<string, Reply>>, states?: readonly string[]) => {
  let facts: SystemFailure['facts'] | undefined;
  return withServer(job(pages, states), async ({ salesforce }) => {
    const failure = await failureOf(rowsOf(salesforce));
    assert.ok(failure instanceof SystemFailure, String(failure));
    facts = failure.facts;
  }).then(() => [facts?.kind, facts?.code]);
};

describe('Bulk API 2.0', () => {
  it("gives the rows of every page, each page's header left out", () =>
    withServer(
      job({ '': csv(['1,a', '2,"b, ""c""\nd"'], 'MTAw'), MTAw: csv(['3,é'], 'null') }),
      async ({ salesforce, seen }) => {
        assert.deepEqual(await rowsOf(salesforce, 2), [
          ['1', 'a'],
          ['2', 'b, "c"\nd'],
          ['3', 'é'],
        ]);
        assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), {
          operation: 'query',
          query: 'SELECT Id, Name FROM Task',
          contentType: 'CSV',
          columnDelimiter: 'COMMA',
          lineEnding: 'LF',
        });
        assert.match(seen.at(-1)?.url ?? '', /maxRecords=2&locator=MTAw$/);
      },
    ));

  it('gives nothing where the job found nothing', () =>
    withServer(job({ '': csv([], 'null') }), async ({ salesforce }) =>
      assert.deepEqual(await rowsOf(salesforce), []),
    ));

  it('hands many rows on in pieces', () =>
    withServer(
      job({
        '': csv(
          Array.from({ length: 2500 }, (_, index) => `${index},n`),
          'null',
        ),
      }),
      async ({ salesforce }) => {
        const pieces: number[] = [];
        for await (const { rows } of salesforce.bulk('SELECT Id, Name FROM Task', scope)) {
          pieces.push(rows.length);
        }
        assert.deepEqual(pieces, [1000, 1000, 500]);
      },
    ));

  const cases: readonly [
    string,
    Readonly<Record<string, Reply>>,
    readonly string[] | undefined,
    string,
    string | undefined,
  ][] = [
    ['a missing locator', { '': csv(['1,a'], undefined) }, undefined, 'unreadable', 'NO_LOCATOR'],
    [
      'a locator that leads to itself',
      { '': csv(['1,a'], 'A'), A: csv(['2,b'], 'A') },
      undefined,
      'unreadable',
      'PAGE_REPEATED',
    ],
    [
      'fewer rows than were told',
      { '': csv(['1,a'], 'null', 2) },
      undefined,
      'unreadable',
      'ROWS_MISSING',
    ],
    [
      'another header on a later page',
      { '': csv(['1,a'], 'A'), A: { ...csv([], 'null'), body: '"Name","Id"\n' } },
      undefined,
      'unreadable',
      'OTHER_COLUMNS',
    ],
    [
      'a page of HTML',
      { '': { type: 'text/html', body: '<html/>' } },
      undefined,
      'unreadable',
      'NOT_CSV',
    ],
    ['a broken line', { '': { ...csv(['1,a,b'], 'null') } }, undefined, 'unreadable', 'NOT_CSV'],
    [
      'another API version',
      { '': { status: 409, body: [{ errorCode: 'INVALID_VERSION' }] } },
      undefined,
      'unavailable',
      'INVALID_VERSION',
    ],
    [
      'a body that ends early',
      { '': { ...csv(['1,a'], 'null'), cut: true } },
      undefined,
      'unavailable',
      'UND_ERR_SOCKET',
    ],
    ['a failed job', {}, ['Failed'], 'rejected', 'BULK_JOB_FAILED'],
    ['an aborted job', {}, ['Aborted'], 'unavailable', 'BULK_JOB_ABORTED'],
    ['a state that nobody knows', {}, ['Sleeping'], 'unreadable', 'FOREIGN_STATUS'],
  ];
  for (const [what, pages, states, kind, code] of cases) {
    it(`calls ${what} ${kind}`, async () =>
      assert.deepEqual(await failing(pages, states), [kind, code]));
  }

  it('ends when it is told to while the job is at work', () =>
    withServer(job({}, ['InProgress']), async ({ salesforce }) => {
      const ending = new AbortController();
      const failure = await failureOf(
        salesforce
          .bulk('SELECT Id FROM Task', {
            ...scope,
            signal: ending.signal,
            onWait: () => ending.abort(new Error('told to end')),
          })
          .next(),
      );
      assert.match(String(failure), /told to end/);
    }));
});
