import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import privacyCenter from '../../src/connectors/privacy-center/index.ts';
import { SystemFailure } from '../../src/http/failure.ts';
import { failureOf } from '../salesforce/plain-server.ts';
import { ANA, opened, parts, profile, question } from './fixture.ts';
import { CONTACT, privacyCloud } from './fixtures/privacy-center.ts';
import { withCloud, type SmallCloud, type SmallReply, type SmallStand } from './small-server.ts';

const OTHER = '00Qxx0000000L01AAA';
const about = (...partyIds: string[]) =>
  question(ANA, { profiles: partyIds.map((partyId) => profile({ partyId })) });
const vendor = (at: SmallStand, options: object = {}) =>
  opened(
    privacyCenter,
    { policy: 'ConsumerAccess', ...options },
    parts(at, { id: 'pc', dataSources: ['CRM_1'] }),
  );
const instead = (first: SmallCloud): SmallCloud => {
  const rest = privacyCloud();
  return (call, origin) => first(call, origin) ?? rest(call, origin);
};
const factsOf = async (work: Promise<unknown> | undefined) => {
  const failure = await failureOf(work ?? Promise.resolve());
  assert.ok(failure instanceof SystemFailure, String(failure));
  return failure.facts;
};
const REFERENCE = JSON.stringify({ files: ['0jexx0000000A01'] });

describe('Privacy Center', () => {
  it('runs the policy for each record of its data sources, and takes the files in when all are complete', () =>
    withCloud(privacyCloud(), async (at) => {
      const asked = await vendor(at).ask(
        at.context('pc'),
        question(ANA, {
          profiles: [
            profile({ partyId: CONTACT }),
            profile({ partyId: OTHER }),
            profile({ partyId: 'WEB-1' }),
            profile({ partyId: '003xx0000000B02AAA', dataSource: 'OTHER_ORG' }),
          ],
        }),
        1,
      );
      assert.ok(asked.way === 'poll');
      assert.deepEqual(JSON.parse(asked.reference), {
        files: ['0jexx0000000A01', '0jexx0000000L01'],
      });
      assert.equal((await vendor(at).poll?.(at.context('pc'), asked.reference))?.state, 'waiting');
      const answer = await vendor(at).poll?.(at.context('pc'), asked.reference);
      assert.ok(answer?.state === 'answered');
      assert.deepEqual(
        answer.receipt?.files.map(({ path, mediaType }) => [path, mediaType]),
        [
          ['systems/pc/policy-1.csv', 'text/csv'],
          ['systems/pc/policy-2.csv', 'text/csv'],
        ],
      );
    }));

  it('begins no second run where an earlier attempt began one', () =>
    withCloud(privacyCloud(), async (at) => {
      const asked = await vendor(at).ask(
        at.context('pc', { resume: { files: ['0jeBEGUN'] } }),
        about(CONTACT, OTHER),
        1,
      );
      assert.ok(asked.way === 'poll');
      assert.deepEqual(JSON.parse(asked.reference), { files: ['0jeBEGUN', '0jexx0000000L01'] });
      assert.equal(at.seen.length, 1);
    }));

  it('is asked by hand where no profile has the ID of a record that the policy begins at', () =>
    withCloud(privacyCloud(), async (at) => {
      assert.equal((await vendor(at).ask(at.context('pc'), about('WEB-1'), 1)).way, 'manual');
      assert.equal(
        (await vendor(at, { roots: ['Lead'] }).ask(at.context('pc'), about(CONTACT), 1)).way,
        'manual',
      );
    }));

  it('is denied where a login page comes in place of the file', () =>
    withCloud(privacyCloud(), async (at) => {
      await vendor(at, { download: 'bearer' }).poll?.(at.context('pc'), REFERENCE);
      const facts = await factsOf(
        vendor(at, { download: 'bearer' }).poll?.(at.context('pc'), REFERENCE),
      );
      assert.deepEqual([facts.kind, facts.code], ['denied', 'LOGIN_PAGE']);
    }));

  it('sends its token to no other host, whatever the link says', () =>
    withCloud(
      instead(({ path, method }) =>
        path.endsWith('/execute') && method === 'GET'
          ? {
              body: {
                status: 'SUCCESS',
                result: {
                  policyFileStatus: 'Complete',
                  policyFileURL: 'https://elsewhere.example/servlet/policyFileDownload?file=0jeX',
                  policyFileID: '0jeX',
                },
              },
            }
          : undefined,
      ),
      async (at) => {
        const answer = await vendor(at).poll?.(at.context('pc'), REFERENCE);
        assert.equal(answer?.state, 'answered');
        assert.equal(at.seen.at(-1)?.query.get('file'), '0jeX');
      },
    ));

  const run = (policyFileStatus: string): SmallReply => ({
    body: {
      status: 'SUCCESS',
      result: { policyFileStatus, policyFileUrl: 'x', policyFileId: 'y' },
    },
  });
  const answers: readonly [string, SmallReply, string, string][] = [
    ['a run that failed although the call succeeded', run('Failed'), 'rejected', 'POLICY_FAILED'],
    ['a status that nobody knows', run('Sleeping'), 'unreadable', 'FOREIGN_STATUS'],
    [
      'a refusal with status 200',
      { body: { status: 'FAILURE', warnings: [] } },
      'rejected',
      'POLICY_REFUSED',
    ],
    ['a login page', { type: 'text/html', body: '<html/>' }, 'unreadable', 'NOT_JSON'],
  ];
  for (const [what, reply, kind, code] of answers) {
    it(`calls ${what} ${kind}`, () =>
      withCloud(
        () => reply,
        async (at) => {
          const facts = await factsOf(vendor(at).poll?.(at.context('pc'), REFERENCE));
          assert.deepEqual([facts.kind, facts.code], [kind, code]);
        },
      ));
  }

  it('is rejected where the org knows no such policy', () =>
    withCloud(privacyCloud(), async (at) => {
      const facts = await factsOf(
        vendor(at, { policy: 'Nothing' }).ask(at.context('pc'), about(CONTACT), 1),
      );
      assert.deepEqual([facts.kind, facts.code], ['rejected', 'INVALID_POLICY']);
    }));
});
