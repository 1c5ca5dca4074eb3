import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SystemFailure } from '../../src/http/failure.ts';
import { createSalesforce } from '../../src/salesforce/create-salesforce.ts';
import { failureOf, withServer, type Reply } from './plain-server.ts';

const errors = (errorCode: string, message = 'unexpected token: ana.lima@example.com') => [
  { message, errorCode },
];

describe('an answer of Salesforce', () => {
  const cases: readonly [string, Reply, object][] = [
    [
      '400 with a code',
      { status: 400, body: errors('MALFORMED_QUERY') },
      { kind: 'rejected', status: 400, code: 'MALFORMED_QUERY' },
    ],
    [
      '404',
      { status: 404, body: errors('NOT_FOUND') },
      { kind: 'rejected', status: 404, code: 'NOT_FOUND' },
    ],
    [
      '422 of the tenant plane',
      { status: 422, body: { error: 'Unprocessable' } },
      { kind: 'rejected', status: 422, code: 'Unprocessable' },
    ],
    [
      'a locked row',
      { status: 400, body: errors('UNABLE_TO_LOCK_ROW') },
      { kind: 'unavailable', status: 400, code: 'UNABLE_TO_LOCK_ROW' },
    ],
    [
      'a cursor that has ended',
      { status: 404, body: errors('INVALID_QUERY_LOCATOR') },
      { kind: 'unavailable', status: 404, code: 'INVALID_QUERY_LOCATOR' },
    ],
    [
      '401 twice',
      { status: 401, body: errors('INVALID_SESSION_ID') },
      { kind: 'denied', status: 401, code: 'INVALID_SESSION_ID' },
    ],
    [
      '403',
      { status: 403, body: errors('INSUFFICIENT_ACCESS') },
      { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    ],
    [
      '403 of a spent allowance',
      { status: 403, body: errors('REQUEST_LIMIT_EXCEEDED') },
      { kind: 'unavailable', status: 403, code: 'REQUEST_LIMIT_EXCEEDED', retryAfter: 900 },
    ],
    [
      '429 that asks for seconds',
      { status: 429, headers: { 'retry-after': '30' }, body: errors('TOO_MANY') },
      { kind: 'unavailable', status: 429, code: 'TOO_MANY', retryAfter: 30 },
    ],
    [
      '503 as a page',
      { status: 503, type: 'text/html', body: '<p>maintenance</p>' },
      { kind: 'unavailable', status: 503 },
    ],
    [
      '500',
      { status: 500, body: errors('UNKNOWN_EXCEPTION') },
      { kind: 'unavailable', status: 500, code: 'UNKNOWN_EXCEPTION' },
    ],
    [
      '420 of the edge',
      { status: 420, type: 'text/html', body: '' },
      { kind: 'unavailable', status: 420 },
    ],
    ['414', { status: 414, body: '' }, { kind: 'rejected', status: 414 }],
    [
      'a redirect',
      { status: 302, headers: { location: '/login' } },
      { kind: 'unreadable', status: 302 },
    ],
    [
      'a login page with 200',
      { type: 'text/html', body: '<form>' },
      { kind: 'unreadable', status: 200, code: 'NOT_JSON' },
    ],
    [
      'broken JSON with 200',
      { body: '{"dataSpaces":' },
      { kind: 'unreadable', status: 200, code: 'NOT_JSON' },
    ],
    [
      'another shape with 200',
      { body: { spaces: [] } },
      { kind: 'unreadable', code: 'FOREIGN_SHAPE' },
    ],
    [
      'a body that ends early',
      { body: '{"dataSpaces":[]}', cut: true },
      { kind: 'unavailable', code: 'UND_ERR_SOCKET' },
    ],
    [
      'a code that is a sentence about a person',
      { status: 400, body: [{ errorCode: 'no such person ana.lima@example.com' }] },
      { kind: 'rejected', status: 400 },
    ],
  ];
  for (const [name, reply, facts] of cases) {
    it(`${name} is ${(facts as { kind: string }).kind}`, () =>
      withServer(
        () => reply,
        async ({ salesforce }) => {
          const failure = await failureOf(salesforce.dataSpaces());
          assert.ok(failure instanceof SystemFailure, String(failure));
          const { kind, system, status, code, retryAfter } = failure.facts;
          assert.deepEqual(JSON.parse(JSON.stringify({ kind, system, status, code, retryAfter })), {
            system: 'data-cloud',
            ...facts,
          });
          assert.ok(
            !JSON.stringify([failure.message, failure.facts, failure.stack]).includes('ana.lima'),
          );
        },
      ));
  }

  it('that does not come in time is unavailable', () =>
    withServer(
      () => ({ status: 200, headers: {}, body: undefined, cut: true }),
      async ({ salesforce }) => {
        const failure = await failureOf(salesforce.dataSpaces());
        assert.ok(failure instanceof SystemFailure);
        assert.equal(failure.facts.kind, 'unavailable');
      },
    ));
});

describe('a host that nobody listens on', () => {
  it('is unavailable', async () => {
    const salesforce = createSalesforce({
      loginUrl: 'http://127.0.0.1:9',
      clientId: 'id',
      clientSecret: 'secret',
      apiVersion: '67.0',
    });
    const failure = await failureOf(salesforce.dataSpaces());
    await salesforce.close();
    assert.ok(failure instanceof SystemFailure);
    assert.deepEqual([failure.facts.kind, failure.facts.code], ['unavailable', 'ECONNREFUSED']);
  });
});
