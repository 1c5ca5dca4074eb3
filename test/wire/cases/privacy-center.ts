import privacyCenter from '../../../src/connectors/privacy-center/index.ts';
import { forOperator } from '../../../src/contract/gap-texts.ts';
import { ANA, opened, parts, profile, question } from '../../connectors/fixture.ts';
import { sources } from '../sources.ts';
import { json, ok, page, raw, type WireApi } from '../wire-case.ts';
import type { WireStand } from '../wire-stand.ts';

const ID = '003xx0000000A01AAA';
const FILE = '0jexx0000000004';
const run = (policyFileStatus: string, more: object = {}, warnings: readonly unknown[] = []) => ({
  status: 'SUCCESS',
  warnings,
  result: {
    policyFileStatus,
    policyFileUrl: `https://acme.my.salesforce.com/servlet/policyFileDownload?file=${FILE}`,
    policyFileId: FILE,
    ...more,
  },
});
const EXECUTE = 'consent/dsr/rtp/execute';
const begun = { [`POST ${EXECUTE}`]: ok(run('In Progress')) };
const DOWNLOAD = `GET servlet/policyFileDownload?file=${FILE}`;
const csv = raw(200, 'Id,Name\r\n1,A\r\n', { 'content-type': 'text/csv;charset=UTF-8' });

/** Asks for the file of Ana's contact, and once after it. */
async function asked(at: WireStand): Promise<unknown> {
  const vendor = opened(
    privacyCenter,
    { policy: 'ConsumerAccess' },
    parts(at, { dataSources: ['CRM_1'] }),
  );
  const begin = await vendor.ask(
    at.context('pc'),
    question(ANA, { profiles: [profile({ partyId: ID })] }),
    1,
  );
  if (begin.way !== 'poll') return begin.way;
  const answer = await vendor.poll?.(at.context('pc'), begin.reference);
  if (answer?.state !== 'answered') return answer?.state;
  const texts = await Promise.all((answer.receipt?.files ?? []).map(({ path }) => at.text(path)));
  return { texts, gaps: (answer.gaps ?? []).map((gap) => `${gap.because}: ${forOperator(gap)}`) };
}

export default {
  api: 'Privacy Center: /consent/dsr/rtp/execute',
  connectors: ['privacy-center'],
  ask: asked,
  cases: [
    {
      rule: 'takes the file of a policy that is complete',
      source: [sources.policyPost, sources.policyGet],
      answers: {
        ...begun,
        [`GET ${EXECUTE}?policyFileId=${FILE}`]: ok(run('Complete')),
        [DOWNLOAD]: csv,
      },
      gives: { texts: ['Id,Name\r\n1,A\r\n'], gaps: [] },
    },
    {
      rule: 'waits while the file is compiled',
      source: sources.policyGet,
      answers: { ...begun, [`GET ${EXECUTE}`]: ok(run('In Progress')) },
      gives: 'waiting',
    },
    {
      rule: "reads the fields in the spelling of the guide's table",
      source: sources.policyGet,
      answers: {
        [`POST ${EXECUTE}`]: ok(
          run('In Progress', { policyFileId: undefined, policyFileID: FILE }),
        ),
        [`GET ${EXECUTE}`]: ok(
          run('Complete', {
            policyFileUrl: undefined,
            policyFileURL: `/servlet/policyFileDownload?file=${FILE}`,
          }),
        ),
        [DOWNLOAD]: csv,
      },
      gives: { texts: ['Id,Name\r\n1,A\r\n'], gaps: [] },
    },
    {
      rule: 'sees the failure within a success',
      source: sources.policyGet,
      answers: { ...begun, [`GET ${EXECUTE}`]: ok(run('Failed')) },
      fails: { kind: 'rejected', code: 'POLICY_FAILED', action: /last run of the policy/ },
    },
    {
      rule: 'names a gap where the run gives warnings, without their words',
      source: sources.policyGet,
      guess: 'what a warning says; the samples show an empty list',
      answers: {
        ...begun,
        [`GET ${EXECUTE}`]: ok(run('Complete', {}, ['No access to Case of Ana Lima'])),
        [DOWNLOAD]: csv,
      },
      gives: {
        texts: ['Id,Name\r\n1,A\r\n'],
        gaps: [
          'restricted: Privacy Center gave 1 warning(s) with what it collected: something may be ' +
            'missing. Look at the last run of the policy "ConsumerAccess" in Privacy Center.',
        ],
      },
    },
    {
      rule: 'calls a call that failed rejected',
      source: sources.policyPost,
      guess: 'how a call fails with status 200',
      answers: { [`POST ${EXECUTE}`]: ok({ status: 'FAILURE', warnings: [], result: null }) },
      fails: { kind: 'rejected', code: 'POLICY_REFUSED' },
    },
    {
      rule: 'refuses a run that names no file',
      source: sources.policyPost,
      answers: { [`POST ${EXECUTE}`]: ok(run('In Progress', { policyFileId: null })) },
      fails: { kind: 'unreadable', code: 'NO_FILE_ID' },
    },
    {
      rule: 'does not take a login page for the file',
      source: sources.autodocErrors,
      guess: 'how a download without a session is answered',
      answers: { ...begun, [`GET ${EXECUTE}`]: ok(run('Complete')), [DOWNLOAD]: page() },
      fails: { kind: 'denied', code: 'LOGIN_PAGE', action: /download/ },
    },
    {
      rule: 'does not follow the way to a login page',
      source: sources.http,
      guess: 'how a download without a session is answered',
      answers: {
        ...begun,
        [`GET ${EXECUTE}`]: ok(run('Complete')),
        [DOWNLOAD]: raw(302, '', {
          location: 'https://acme.my.salesforce.com/?ec=302&startURL=%2Fservlet',
        }),
      },
      fails: { kind: 'denied', status: 302, code: 'LOGIN_PAGE', action: /led to one/ },
    },
    {
      rule: 'is denied without the permission',
      source: [sources.policyPost, sources.restErrors],
      answers: {
        [`POST ${EXECUTE}`]: json(403, [
          { errorCode: 'INSUFFICIENT_ACCESS', message: 'PrivacyDataAccess' },
        ]),
      },
      fails: { kind: 'denied', status: 403, code: 'INSUFFICIENT_ACCESS' },
    },
    {
      rule: 'calls an unknown policy rejected',
      source: sources.restErrors,
      guess: 'the code for an unknown policy',
      answers: {
        [`POST ${EXECUTE}`]: json(400, [
          { errorCode: 'INVALID_INPUT', message: 'no policy for Ana' },
        ]),
      },
      fails: { kind: 'rejected', status: 400, code: 'INVALID_INPUT' },
    },
  ],
} satisfies WireApi;
