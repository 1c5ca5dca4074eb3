import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { batched, soqlText } from '../../src/salesforce/soql.ts';
import { stand } from '../connectors/stand.ts';
import { failureOf, withServer } from './plain-server.ts';

const scope = { system: 'crm' };

describe('SOQL', () => {
  it('gives every record of every page, without what the API adds', async () => {
    const at = await stand({
      core: {
        Contact: Array.from({ length: 7 }, (_, index) => ({
          Id: `003xx000000000${index}AAA`,
          LastName: `L${index}`,
        })),
      },
      paging: { soqlPage: 3 },
    });
    try {
      const pages: unknown[][] = [];
      for await (const { records } of at.salesforce.soql(
        'SELECT Id, LastName FROM Contact ORDER BY Id',
        scope,
      )) {
        pages.push([...records]);
      }
      assert.deepEqual(
        pages.map((page) => page.length),
        [3, 3, 1],
      );
      assert.deepEqual(pages[2], [{ Id: '003xx0000000006AAA', LastName: 'L6' }]);
      const odd = 'O\'Brien \\ "x"';
      for await (const { records } of at.salesforce.soql(
        `SELECT Id FROM Contact WHERE LastName = ${soqlText(odd)}`,
        scope,
      )) {
        assert.deepEqual(records, []);
      }
    } finally {
      await at.stop();
    }
  });

  it('keeps the digits of big numbers', () =>
    withServer(
      () => ({
        body: '{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Asset"},"N__c":123456789012345678,"Parent":{"attributes":{},"A":1}}]}',
      }),
      async ({ salesforce }) => {
        for await (const { records } of salesforce.soql('SELECT N__c FROM Asset', scope)) {
          assert.equal(String(records[0]?.N__c), '123456789012345678');
          assert.deepEqual(records[0]?.Parent, { A: 1 });
        }
      },
    ));

  it('is unreadable without records, or with a link that leads elsewhere', async () => {
    for (const body of [
      { totalSize: 0, done: true },
      { totalSize: 3, done: false, nextRecordsUrl: 'https://elsewhere.example/x', records: [] },
    ]) {
      await withServer(
        () => ({ body }),
        async ({ salesforce }) => {
          const failure = await failureOf(salesforce.soql('SELECT Id FROM Contact', scope).next());
          assert.ok(failure instanceof SystemFailure);
          assert.equal(failure.facts.kind, 'unreadable');
        },
      );
    }
  });

  it('is unreadable where pages end before the result does, or come again', async () => {
    for (const [body, code] of [
      [{ totalSize: 3, done: false, records: [{ Id: '1' }] }, 'NO_NEXT_PAGE'],
      [
        {
          totalSize: 3,
          done: false,
          nextRecordsUrl: '/services/data/v67.0/query/01g-1',
          records: [{ Id: '1' }],
        },
        'PAGE_REPEATED',
      ],
    ] as const) {
      await withServer(
        () => ({ body }),
        async ({ salesforce }) => {
          const failure = await failureOf(
            (async () => {
              for await (const page of salesforce.soql('SELECT Id FROM Contact', scope)) {
                assert.equal(page.records.length, 1);
              }
            })(),
          );
          assert.ok(failure instanceof SystemFailure);
          assert.deepEqual([failure.facts.kind, failure.facts.code], ['unreadable', code]);
        },
      );
    }
  });

  it('signs in again once on 401, and no more', () =>
    withServer(
      () => ({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] }),
      async ({ salesforce, seen }) => {
        const failure = await failureOf(salesforce.soql('SELECT Id FROM Contact', scope).next());
        assert.ok(failure instanceof SystemFailure);
        assert.deepEqual(
          [failure.facts.kind, failure.facts.system, seen.length],
          ['denied', 'crm', 2],
        );
      },
    ));
});

describe('a list of values', () => {
  it('is cut into queries that each fit a URI, and none is lost', () => {
    const values = Array.from({ length: 2000 }, (_, index) => `person+${index}@example.com`);
    const queries = batched(values, (list) => `SELECT Id FROM Contact WHERE Email IN ${list}`);
    assert.ok(queries.length > 1);
    assert.ok(queries.every((query) => encodeURIComponent(query).length < 14_000));
    assert.deepEqual(
      queries.flatMap((query) => [...query.matchAll(/'([^']+)'/g)].map(([, value]) => value)),
      values,
    );
  });

  it('makes no query where it is empty', () =>
    assert.deepEqual(
      batched([], (list) => list),
      [],
    ));

  it('escapes what would end a literal', () => {
    assert.equal(soqlText("a' OR Name != '\\\n"), "'a\\' OR Name != \\'\\\\\\n'");
  });
});
