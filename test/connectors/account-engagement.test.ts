import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import accountEngagement from '../../src/connectors/account-engagement/index.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf } from '../salesforce/plain-server.ts';
import { ANA, opened, parts, question } from './fixture.ts';
import { engagementCloud, UNIT } from './fixtures/account-engagement.ts';
import { withCloud, type SmallCloud, type SmallStand } from './small-server.ts';

const connector = (at: SmallStand, options: object = {}) =>
  opened(
    accountEngagement,
    { baseUrl: at.origin, businessUnits: [UNIT], ...options },
    parts(at, { id: 'pardot' }),
  );
const only =
  (values: readonly object[], headers: Record<string, string> = {}): SmallCloud =>
  ({ path }) => ({
    headers,
    body: { values: path.endsWith('/prospects') ? values : [], nextPageToken: null },
  });

describe('Account Engagement', () => {
  it('gives each kind of records as a table of its business unit', () =>
    withCloud(engagementCloud, async (at) => {
      const { files, tables, outcome, gaps } = await connector(at).export(
        at.context('pardot'),
        question(ANA),
      );
      assert.equal(outcome, 'exported');
      assert.deepEqual(gaps, []);
      assert.deepEqual(
        files.filter(({ path }) => path.endsWith('.ndjson')).map(({ path, rows }) => [path, rows]),
        [
          [`systems/pardot/${UNIT}/prospects.ndjson`, 2],
          [`systems/pardot/${UNIT}/visitor-activities.ndjson`, 4],
          [`systems/pardot/${UNIT}/list-memberships.ndjson`, 1],
          [`systems/pardot/${UNIT}/visitors.ndjson`, 1],
          [`systems/pardot/${UNIT}/visits.ndjson`, 1],
          [`systems/pardot/${UNIT}/visitor-page-views.ndjson`, 1],
        ],
      );
      assert.deepEqual(
        tables.map(({ name }) => name),
        ['Prospect', 'VisitorActivity', 'ListMembership', 'Visitor', 'Visit', 'VisitorPageView'],
      );
    }));

  it('asks for custom fields that the entry names, related ones too', () =>
    withCloud(
      only([{ id: 1, email: ANA, Size__c: 'L', campaign: { name: 'Summer' } }]),
      async (at) => {
        await connector(at, { fields: { prospects: ['Size__c', 'campaign.name'] } }).export(
          at.context('pardot'),
          question(ANA),
        );
        const [row] = await at.rows(`systems/pardot/${UNIT}/prospects.ndjson`);
        assert.deepEqual([row?.Size__c, row?.['campaign.name']], ['L', 'Summer']);
      },
    ));

  it('leaves prospects out whose names at one address differ', () =>
    withCloud(
      only([
        { id: 1, email: 'family@example.com', firstName: 'Eva', lastName: 'Roth' },
        { id: 2, email: 'family@example.com', firstName: 'Tim', lastName: 'Roth' },
      ]),
      async (at) => {
        const both = await connector(at).export(
          at.context('pardot'),
          question('family@example.com'),
        );
        assert.deepEqual(
          [both.outcome, both.withheldRows, both.gaps.map(({ because }) => because)],
          ['nothing-held', 2, ['ambiguous-rows']],
        );
      },
    ));

  it('names what lies beyond 100,000 records', () =>
    withCloud(
      (call) => ({
        ...only([{ id: 1, email: ANA }])(call, ''),
        ...(call.path.endsWith('/visitor-activities') && { headers: { 'pardot-warning': '203' } }),
      }),
      async (at) => {
        const { gaps } = await connector(at).export(at.context('pardot'), question(ANA));
        assert.match(gaps[0]?.note ?? '', /100,000 .* more visitor activities/);
        assert.deepEqual(
          gaps.map(({ because }) => because),
          ['restricted'],
        );
      },
    ));

  it('goes on without an object that is refused, and names it', () =>
    withCloud(
      (call, origin) =>
        call.path.endsWith('/visits')
          ? { status: 403, body: { code: 46, message: 'x' } }
          : only([{ id: 1, email: ANA }])(call, origin),
      async (at) => {
        const { outcome, gaps } = await connector(at).export(at.context('pardot'), question(ANA));
        assert.equal(outcome, 'exported');
        assert.deepEqual(
          gaps.map(({ because, note }) => [because, note.slice(0, 27)]),
          [['denied', 'Visits and their page views']],
        );
      },
    ));

  it('asks no more for fields that the account does not know, and says which', () =>
    withCloud(
      (call, origin) => {
        const [unknown] = ['Nowhere__c', 'website'].filter((field) =>
          call.query.get('fields')?.split(',').includes(field),
        );
        return unknown === undefined
          ? only([{ id: 1, email: ANA }])(call, origin)
          : {
              status: 400,
              body: {
                code: 51,
                message: `Invalid parameter: fields. It contains an invalid or unknown field: ${unknown}.`,
              },
            };
      },
      async (at) => {
        const { notes, outcome } = await connector(at, {
          fields: { prospects: ['Nowhere__c'] },
        }).export(at.context('pardot'), question(ANA));
        assert.deepEqual(
          [outcome, notes],
          [
            'exported',
            [
              'The account does not know these fields, which stay empty: ' +
                'prospects.Nowhere__c, prospects.website.',
            ],
          ],
        );
      },
    ));

  for (const [code, kind] of [
    [66, 'unavailable'],
    [122, 'unavailable'],
    [49, 'denied'],
    [201, 'denied'],
    [13, 'rejected'],
  ] as const) {
    it(`calls code ${code} ${kind}`, () =>
      withCloud(
        () => ({ status: 400, body: { code, message: 'x' } }),
        async (at) => {
          const failure = await failureOf(
            connector(at).export(at.context('pardot'), question(ANA)),
          );
          assert.ok(failure instanceof SystemFailure);
          assert.deepEqual([failure.facts.kind, failure.facts.code], [kind, String(code)]);
        },
      ));
  }

  it('is unreadable where a page leads to itself', () =>
    withCloud(
      () => ({ body: { values: [], nextPageToken: 'again' } }),
      async (at) => {
        const failure = await failureOf(connector(at).export(at.context('pardot'), question(ANA)));
        assert.ok(failure instanceof SystemFailure);
        assert.equal(failure.facts.code, 'PAGE_REPEATED');
      },
    ));

  it('tells the doctor what it can read', () =>
    withCloud(engagementCloud, async (at) => {
      assert.match(
        await connector(at).check(new AbortController().signal),
        /lets us read prospects in 1 business unit/,
      );
    }));
});
