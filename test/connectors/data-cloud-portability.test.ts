import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import dataCloudPortability from '../../src/connectors/data-cloud-portability/index.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf } from '../salesforce/plain-server.ts';
import { ANA, opened, parts, profile, question } from './fixture.ts';
import {
  bucketReply,
  portabilityCloud,
  portabilityOptions,
  type BucketObject,
} from './fixtures/data-cloud-portability.ts';
import { withCloud, type SmallReply, type SmallStand } from './small-server.ts';

const vendor = (at: SmallStand, options: object = {}) =>
  opened(dataCloudPortability, portabilityOptions(at, options), parts(at, { id: 'dc' }));
const about = (...partyIds: string[]) =>
  question(ANA, { profiles: partyIds.map((partyId) => profile({ partyId })) });
const ask = (at: SmallStand, ...partyIds: string[]) =>
  vendor(at).ask(at.context('dc'), about(...partyIds), 1);
const factsOf = async (work: Promise<unknown> | undefined) => {
  const failure = await failureOf(work ?? Promise.resolve());
  assert.ok(failure instanceof SystemFailure, String(failure));
  assert.ok(!`${failure.message} ${failure.stack}`.includes('very-secret'));
  return failure.facts;
};
const reference = (asked: readonly number[]) =>
  JSON.stringify({ folder: 'dsar/R-1/1', asked, failed: [] });
const dropped = (profile_: number, name: string, changed: string): BucketObject => ({
  key: `dsar/R-1/1/profile-${profile_}/${name}`,
  text: 'x',
  changed,
});
const poll = (at: SmallStand, asked: readonly number[], options: object = {}) =>
  vendor(at, options).poll?.(at.context('dc'), reference(asked));

describe('Data Cloud portability', () => {
  it('orders one profile a call, each into a folder of its own, with the credentials that write', () =>
    withCloud(portabilityCloud(), async (at) => {
      const asked = await ask(at, 'P-1', 'P-2', 'P-1');
      assert.ok(asked.way === 'poll');
      assert.deepEqual(JSON.parse(asked.reference), {
        folder: 'dsar/R-1/1',
        asked: [1, 2],
        failed: [],
      });
      assert.ok(!asked.reference.includes('P-1'));
      assert.deepEqual(
        at.seen.map(({ query }) => query.get('ids')),
        ['P-1', 'P-2'],
      );
      assert.deepEqual(JSON.parse(at.seen[1]?.body ?? ''), {
        aws_s3_bucket_id: 'drop',
        aws_access_key_id: 'AKIAWRITE',
        aws_secret_access_key: 'very-secret',
        aws_s3_folder: 'dsar/R-1/1/profile-2',
        aws_region: 'eu-central-1',
      });
    }));

  it('names profiles that are refused with status 200, and is rejected where all are', () =>
    withCloud(portabilityCloud(), async (at) => {
      const asked = await ask(at, 'P-1', 'X-2', 'P,3');
      assert.ok(asked.way === 'poll');
      const answer = await vendor(at).poll?.(at.context('dc'), asked.reference);
      assert.ok(answer?.state === 'answered');
      assert.deepEqual(
        answer.gaps?.map(({ because, profile: number, code }) => [because, number, code]),
        [
          ['rejected', 2, 'PROBLEM_PROCESSING_REQUEST'],
          ['rejected', 3, 'ID_HOLDS_COMMA'],
        ],
      );
      const facts = await factsOf(ask(at, 'X-2'));
      assert.deepEqual([facts.kind, facts.code], ['rejected', 'PROBLEM_PROCESSING_REQUEST']);
    }));

  it("orders nothing by a party ID that is another person's too, says so, and is rejected where all are", () =>
    withCloud(portabilityCloud(), async (at) => {
      const asked = await vendor(at).ask(
        at.context('dc'),
        { ...about('P-1', 'P-2'), sharedPartyIds: ['P-2'] },
        1,
      );
      assert.ok(asked.way === 'poll');
      assert.deepEqual(
        at.seen.map(({ query }) => query.get('ids')),
        ['P-1'],
      );
      const answer = await vendor(at).poll?.(at.context('dc'), asked.reference);
      assert.ok(answer?.state === 'answered');
      assert.deepEqual(
        answer.gaps?.map(({ because, profile: number }) => [because, number]),
        [['ambiguous-rows', 2]],
      );
      const facts = await factsOf(
        vendor(at).ask(at.context('dc'), { ...about('P-2'), sharedPartyIds: ['P-2'] }, 1),
      );
      assert.deepEqual([facts.kind, facts.code], ['rejected', 'ID_SHARED']);
    }));

  const shapes: readonly [string, SmallReply['body'], string][] = [
    [
      'by ID under cdpResult',
      { cdpResult: { 'P-1': { result: 'Success', portability: true } } },
      'taken',
    ],
    [
      'by ID at the top',
      { 'P-1': { result: 'Success', proceed: { portability: 'true' } } },
      'taken',
    ],
    [
      'by ID under results',
      { results: { 'P-1': { result: 'Failure', errorCode: 'NOT_FOUND' } } },
      'NOT_FOUND',
    ],
    [
      'one failure for all',
      { results: { result: 'Failure', errorCode: 'SOME_CODE' } },
      'SOME_CODE',
    ],
    ['success of another ID', { cdpResult: { 'P-9': { result: 'Success' } } }, 'FOREIGN_SHAPE'],
    ['success without an ID', { results: { result: 'Success' } }, 'FOREIGN_SHAPE'],
    ['a list', [{ result: 'Success' }], 'FOREIGN_SHAPE'],
  ];
  for (const [shape, body, expected] of shapes) {
    it(`reads an answer ${shape} as ${expected}`, () =>
      withCloud(
        () => ({ body }),
        async (at) => {
          assert.equal(
            expected === 'taken'
              ? (await ask(at, 'P-1')).way
              : (await factsOf(ask(at, 'P-1'))).code,
            expected === 'taken' ? 'poll' : expected,
          );
        },
      ));
  }

  it('goes on with the profiles that an earlier attempt did not order', () =>
    withCloud(portabilityCloud(), async (at) => {
      await vendor(at).ask(
        at.context('dc', { resume: { folder: 'dsar/R-1/1', asked: [1], failed: [] } }),
        about('P-1', 'P-2'),
        1,
      );
      assert.deepEqual(
        at.seen.map(({ query }) => query.get('ids')),
        ['P-2'],
      );
    }));

  it('waits until the bucket is quiet, longer where a profile has no files', async () => {
    const objects = [
      dropped(1, 'a.csv', '2026-11-21T10:00:00.000Z'),
      dropped(1, 'part/b.csv', '2026-11-22T10:00:00.000Z'),
    ];
    await withCloud(
      (call) => bucketReply(call, objects),
      async (at) => {
        assert.equal((await poll(at, [2]))?.state, 'waiting');
        assert.equal((await poll(at, [1], { quietFor: '2d' }))?.state, 'waiting');
        assert.equal((await poll(at, [1, 2]))?.state, 'waiting');
        const partial = await poll(at, [1, 2], { partialAfter: '1d' });
        assert.ok(partial?.state === 'answered');
        assert.deepEqual(
          partial.gaps?.map(({ because, profile: number }) => [because, number]),
          [['overdue', 2]],
        );
        const whole = await poll(at, [1]);
        assert.ok(whole?.state === 'answered');
        assert.deepEqual(
          whole.receipt?.files.map(({ path, mediaType }) => [path, mediaType]),
          [
            ['systems/dc/profile-1/a.csv', 'text/csv'],
            ['systems/dc/profile-1/part/b.csv', 'text/csv'],
          ],
        );
      },
    );
  });

  it('keeps files apart whose names become one', async () => {
    const changed = '2026-11-21T10:00:00.000Z';
    await withCloud(
      (call) =>
        bucketReply(call, [
          dropped(1, 'A(1).csv', changed),
          dropped(1, 'A-1-.csv', changed),
          dropped(1, 'a-1.csv', changed),
          dropped(1, '.hidden/b.csv', changed),
        ]),
      async (at) => {
        const answer = await poll(at, [1]);
        assert.ok(answer?.state === 'answered');
        const paths = answer.receipt?.files.map(({ path }) => path) ?? [];
        assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, 4);
        assert.ok(
          paths.every((path) => path.startsWith('systems/dc/profile-1/') && !path.includes('..')),
        );
      },
    );
  });

  const faults: readonly [string, string, string][] = [
    ['forbidden', 'denied', ''],
    ['unavailable', 'unavailable', ''],
    ['drop', 'unavailable', ''],
    ['not-found', 'rejected', ''],
    ['foreign', 'unreadable', 'FOREIGN_SHAPE'],
    ['page', 'unreadable', 'FOREIGN_SHAPE'],
  ];
  for (const [fault, kind, code] of faults) {
    it(`calls "${fault}" of the bucket ${kind}`, () =>
      withCloud(portabilityCloud(), async (at) => {
        await at.fault('^GET /drop', fault);
        const facts = await factsOf(poll(at, [1]));
        assert.equal(facts.kind, kind);
        if (code !== '') assert.equal(facts.code, code);
        assert.equal(at.seen.length, 1);
      }));
  }

  it('is asked about portability requests alone, unless its entry says otherwise, and always then', () =>
    withCloud(portabilityCloud(), async (at) => {
      assert.deepEqual(
        [
          vendor(at).requestTypes,
          vendor(at).asksAlways,
          vendor(at, { requests: ['access', 'portability'] }).requestTypes,
        ],
        [['portability'], true, ['access', 'portability']],
      );
    }));

  it('tells the doctor what it can read', () =>
    withCloud(portabilityCloud(), async (at) => {
      assert.match(
        (await vendor(at).check?.(new AbortController().signal)) ?? '',
        /the bucket drop lets us read dsar\//,
      );
    }));
});
