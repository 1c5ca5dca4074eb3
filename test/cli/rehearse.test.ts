import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { diaryLines, folding, type Entry } from '../../src/cli/rehearse/diary.ts';
import { addDays } from '@dossier/law';
import type { CalendarDate } from '@dossier/law';
import type { RequestStatus } from '../../src/contract/status.ts';
import { errorOf, invoke } from './invoke.ts';

type Rehearsed = Pick<
  RequestStatus,
  'law' | 'receivedOn' | 'timetable' | 'stage' | 'overdue' | 'gaps'
> & { readonly diary: readonly Entry[] };

const request = {
  requestId: 'R-1',
  type: 'access',
  subject: { emails: ['mina@example.com'], name: 'Mina Park' },
  residence: { country: 'KR' },
  receivedAt: new Date().toISOString(),
  identity: 'required',
};
const left = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('dossier-rehearsal-'));

describe('dossier rehearse', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-rehearse-test-'));
    await writeFile(
      join(folder, 'dossier.yaml'),
      [
        'version: 1',
        'storage: { directory: . }',
        'notUsed: { core-crm: none here, marketing-cloud: none here, account-engagement: none ' +
          'here, b2c-commerce: none here, personalization: none here, privacy-center: none ' +
          'here, consent: none here }',
        'systems:',
        '  - { id: far-vendor, connector: opendsr, baseUrl: "https://vendor.invalid/v2", ' +
          'token: "${NOWHERE}", regulation: gdpr, dataSources: [Far] }',
        'policies: { default: { retention: 5d, cutOff: 2d } }',
        '',
      ].join('\n'),
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const rehearse = (args: readonly string[], input: unknown = request) =>
    invoke(['rehearse', '-', '--json', '--config', join(folder, 'dossier.yaml'), ...args], {
      input: JSON.stringify(input),
    });

  it('plays a request to its end, asks no vendor outside, and tells what happens on which day', async () => {
    const atFirst = await left();
    const { exitCode, stdout } = await rehearse(['--on', '1:identity', '--on', '2:extend']);
    assert.equal(exitCode, 0, stdout);
    const { law, receivedOn, timetable, stage, overdue, gaps, diary } = JSON.parse(
      stdout,
    ) as Rehearsed;
    assert.deepEqual([law, stage, overdue], ['pipa-kr', 'closed', false]);
    assert.deepEqual(
      gaps.map(({ system, because }) => `${system}: ${because}`),
      ['far-vendor: overdue'],
    );
    assert.ok(timetable?.extension.used === true);
    const days = diary.map(({ on }) => on);
    assert.deepEqual(days, days.toSorted());
    const on = (pattern: RegExp) => diary.find(({ what }) => pattern.test(what))?.on;
    assert.equal(on(/identity-request to subject/), receivedOn);
    assert.equal(on(/you: identity/), addDays(receivedOn as CalendarDate, 1));
    assert.equal(on(/you: extend/), addDays(receivedOn as CalendarDate, 2));
    assert.equal(on(/the answer is due on/), addDays(receivedOn as CalendarDate, 2));
    const delivered = on(/the package is delivered/);
    assert.ok(delivered !== undefined && delivered < timetable.answerBy);
    assert.equal(
      on(/every file of the request are deleted/),
      addDays(delivered as CalendarDate, 5),
    );
    assert.ok(
      diary.some(({ what }) =>
        /question to far-vendor: An operator asks far-vendor by hand, to answer by \S+: /.test(
          what,
        ),
      ),
    );
    assert.deepEqual(await left(), atFirst);
  });

  for (const [what, args, input, code, message] of [
    ['a move that is none', ['--on', 'identity'], request, 'usage', /DAY:WHAT/],
    ['an answer of nobody', ['--on', '3:answer'], request, 'usage', /DAY:WHAT/],
    ['a request that is none', [], { requestId: 'R 1' }, 'invalid-request', /requestId/],
  ] as const) {
    it(`refuses ${what} before anything is started`, async () => {
      const refused = await rehearse(args, input);
      assert.equal(refused.exitCode, code === 'usage' ? 2 : 1);
      assert.equal(errorOf(refused).code, code);
      assert.match(errorOf(refused).message, message);
      assert.equal(refused.stderr, '');
    });
  }
});

describe('the diary of a rehearsal', () => {
  const notice = (on: string): Entry => ({
    on,
    kind: 'notice',
    what: 'escalation to operator: The package still awaits approval.',
  });

  it('folds what is asked again day after day', () => {
    const fold = folding();
    const told = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'].map(
      (on) => fold(notice(on))?.what,
    );
    assert.deepEqual(
      told.map((what) => what === undefined),
      [false, false, true, true],
    );
    assert.match(told[1] ?? '', /asked again in the same words/);
  });

  it('writes days one way in a line', () => {
    assert.deepEqual(
      diaryLines([
        {
          on: '2026-12-15',
          kind: 'notice',
          what: 'escalation to operator: silent-ads has not answered by 2026-12-14.',
        },
      ]),
      ['  Tue 15 Dec 2026 escalation to operator: silent-ads has not answered by Mon 14 Dec 2026.'],
    );
  });
});
