import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DossierError } from '../../src/client/dossier-error.ts';
import type { AnswerStatus, RequestStatus } from '../../src/contract/status.ts';
import { leftOut } from '../../src/cli/commands/request/files.ts';
import { checkFilters, checkWaitingOn } from '../../src/cli/output/list-filters.ts';
import { declined, typed } from './typing.ts';

const status: RequestStatus = {
  requestId: 'R-1',
  type: 'access',
  law: 'gdpr',
  stage: 'reviewing-package',
  receivedOn: '2026-11-23',
  identity: 'confirmed',
  overdue: false,
  timetable: null,
  waitingOn: ['acme-mail'],
  profiles: [
    {
      dataSpace: 'default',
      partyId: 'P-1',
      keyQualifier: '',
      dataSource: 'CRM',
      unifiedIndividuals: [],
      state: 'exported',
      rows: 7,
    },
  ],
  systems: [
    {
      id: 'acme-mail',
      connector: 'manual',
      state: 'waiting',
      askedAt: null,
      answerBy: null,
      reminders: 0,
      outcome: null,
      files: 0,
    },
    {
      id: 'crm',
      connector: 'core-crm',
      state: 'done',
      askedAt: null,
      answerBy: null,
      reminders: 0,
      outcome: null,
      files: 3,
    },
  ],
  lookups: [],
  waits: [],
  answers: [],
  notices: [],
  supplements: [],
  revision: 3,
  gaps: [{ system: 'acme-ads', because: 'overdue', note: 'no answer' }],
  package: null,
  notes: [],
  allowed: [{ message: 'approvePackage' }, { message: 'withdraw' }],
};
const first = (text: string): string => text.split('\n')[0] ?? '';
const isUsage = (error: unknown, words: RegExp): boolean =>
  error instanceof DossierError &&
  error.code === 'usage' &&
  words.test(`${error.message} ${error.actions.join(' ')}`);

describe('an order at the keyboard', () => {
  let folder: string;
  let config: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dossier-keyboard-'));
    config = join(folder, 'dossier.yaml');
    file = join(folder, 'export.csv');
    await writeFile(config, `version: 1\nstorage: { directory: ${join(folder, 'data')} }\n`);
    await writeFile(file, 'a\n1\n');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const answer = (
    state: AnswerStatus['state'],
    more: Partial<AnswerStatus> = {},
  ): AnswerStatus => ({
    answerId: 'acme-mail-1',
    system: 'acme-mail',
    outcome: 'delivered',
    files: 1,
    by: 'tester',
    at: '2026-11-25T12:00:00.000Z',
    state,
    ...more,
  });
  const respond = (after: RequestStatus, outcome = 'delivered') =>
    typed(
      [
        'vendor',
        'respond',
        'R-1',
        'acme-mail',
        '--outcome',
        outcome,
        ...(outcome === 'delivered' ? ['--file', file] : []),
      ],
      { before: status, after, config },
    );

  it('says first that an answer was recorded, above the page', async () => {
    const { stdout } = await respond({
      ...status,
      answers: [answer('counted')],
      systems: status.systems.map((it) => ({ ...it, state: 'done' as const })),
    });
    assert.equal(
      first(stdout),
      'Recorded: acme-mail has delivered 1 file, as the answer acme-mail-1.',
    );
    assert.match(stdout, /\nR-1 {2}access request/);
  });

  it('says first that a file was quarantined, why, and what to do', async () => {
    const { stdout } = await respond({
      ...status,
      answers: [
        answer('quarantined', {
          refusedFiles: [{ file: 1, reason: 'lies outside the inbox of the request' }],
        }),
      ],
    });
    assert.match(
      first(stdout),
      /^NOT taken in: the answer acme-mail-1 of acme-mail is quarantined/,
    );
    assert.match(stdout.split('\n').slice(1, 3).join('\n'), /outside the inbox[^]*Answer again/);
  });

  it('says that the same answer was recorded before', async () => {
    assert.match(
      first(
        (
          await respond(
            { ...status, answers: [answer('repeated', { outcome: 'nothing-held', files: 0 })] },
            'nothing-held',
          )
        ).stdout,
      ),
      /^Already recorded/,
    );
  });

  it('says what comes next after an extension without a notice', async () => {
    const { stdout } = await typed(['request', 'extend', 'R-1', '--reason', 'complex'], {
      before: status,
    });
    assert.match(first(stdout), /^Recorded: the letter .* lies in the outbox .* does not hold yet/);
    assert.match(
      stdout,
      /dossier request extend R-1 --reason "complex" --notice-sent-at \d{4}-\d\d-\d\d/,
    );
  });

  it('says how many profiles are still to be decided', async () => {
    const two = {
      ...status,
      stage: 'reviewing-match' as const,
      profiles: [
        { ...status.profiles[0]!, decided: 'included' as const },
        { ...status.profiles[0]!, partyId: 'P-2' },
      ],
    };
    const { stdout } = await typed(
      ['request', 'match', 'R-1', '--include', 'P-1@default', '--reason', 'checked'],
      { before: two },
    );
    assert.equal(first(stdout), 'Recorded: 1 profile is decided; still to decide: P-2@default.');
  });

  it('shows what it approves, and asks where the revision was not named', async () => {
    const { sent, stderr, asked } = await typed(['request', 'approve', 'R-1'], {
      before: status,
      answer: 'y',
    });
    assert.deepEqual(sent, [['approvePackage', { revision: 3, by: 'tester' }]]);
    assert.match(
      stderr,
      /R-1, revision 3[^]*1 of 1 profiles of Data Cloud, 7 rows[^]*crm +was read +3[^]*acme-ads: overdue/,
    );
    assert.deepEqual(asked, ['Send revision 3 of R-1? [y/N] ']);
  });

  it('approves a revision that was named without another question', async () => {
    const { sent, stderr } = await typed(['request', 'approve', 'R-1', '--revision', '3'], {
      before: status,
    });
    assert.equal(sent.length, 1);
    assert.match(stderr, /R-1, revision 3/);
  });

  it('approves nothing that there is not', async () => {
    const { sent, error } = await typed(['request', 'approve', 'R-1'], {
      before: { ...status, stage: 'collecting', allowed: [] },
      answer: 'y',
    });
    assert.deepEqual([sent, (error as DossierError).code], [[], 'not-allowed']);
  });

  const destroying = [
    ['request', 'approve', 'R-1'],
    ['request', 'withdraw', 'R-1', '--reason', 'x'],
    ['request', 'identity', 'R-1', 'reject', '--reason', 'x'],
  ] as const;
  for (const words of destroying) {
    it(
      `${words.slice(0, 2).join(' ')} is wrong usage without a terminal, and does nothing ` +
        'where the answer is no',
      async () => {
        const without = await typed(words, { before: status });
        assert.ok(isUsage(without.error, /no terminal to ask on/), String(without.error));
        assert.deepEqual(without.sent, []);
        for (const no of ['', 'n', 'perhaps']) {
          const { sent, error, stderr } = await typed(words, { before: status, answer: no });
          assert.deepEqual([sent, declined(error)], [[], true]);
          assert.match(stderr, /Nothing was done\.\n$/);
        }
      },
    );
  }

  it('goes on without a question where --yes says so', async () => {
    assert.deepEqual(
      (
        await typed(['request', 'withdraw', 'R-1', '--reason', 'x', '--yes'], { before: status })
      ).sent.map(([name]) => name),
      ['withdraw'],
    );
  });

  it('names a wrong day of receipt in a sentence', async () => {
    const { error, sent } = await typed(['request', 'correct', 'R-1', '--received', '2026-11-31'], {
      before: status,
    });
    assert.deepEqual(sent, []);
    assert.ok(isUsage(error, /2026-11-31 is no real day/));
  });
});

describe('the files that would be sent', () => {
  const known = {
    answers: [
      {
        ...({ outcome: 'delivered', files: 1, by: 'x', at: '2026-11-25T12:00:00.000Z' } as const),
        answerId: 'acme-mail-1',
        system: 'acme-mail',
        state: 'retracted' as const,
      },
    ],
    gaps: [
      {
        system: 'crm',
        because: 'withheld' as const,
        note: 'systems/crm/Case.csv: names a third person',
        file: 'systems/crm/Case.csv',
      },
    ],
  };
  const cases = [
    ['systems/acme-mail/acme-mail-1/wrong.csv', 'its answer is retracted'],
    ['systems/crm/Case.csv', 'it is withheld'],
    ['systems/acme-mail/acme-mail-2/right.csv', undefined],
  ] as const;
  for (const [path, why] of cases) {
    it(`${path} ${why === undefined ? 'is one of them' : `is none of them: ${why}`}`, () =>
      assert.equal(leftOut(path, known).leftOut, why));
  }
});

describe('a mistyped filter of the list', () => {
  it('is wrong usage with what was likely meant', async () => {
    await assert.rejects(checkFilters({ stage: 'colecting' as never }), (error) =>
      isUsage(error, /no stage "colecting".*Did you mean collecting/),
    );
    await assert.rejects(checkFilters({ law: 'gdrp' }), (error) =>
      isUsage(error, /no law "gdrp".*gdpr/),
    );
    await assert.rejects(checkFilters({ stage: 'foo' as never }), (error) =>
      isUsage(error, /There are received, planning/),
    );
    await checkFilters({ stage: 'collecting', law: 'gdpr' });
  });

  it('is one where nobody knows what is waited for, and none where nothing waits for a known one', () => {
    assert.throws(
      () => checkWaitingOn('operator', undefined, []),
      (error) => isUsage(error, /operator:approval/),
    );
    assert.throws(
      () => checkWaitingOn('acme-mial', ['acme-mail'], []),
      (error) => isUsage(error, /Did you mean acme-mail/),
    );
    checkWaitingOn('acme-mail', ['acme-mail'], []);
    checkWaitingOn('operator:match', undefined, []);
    checkWaitingOn('some-vendor', undefined, []);
  });
});
