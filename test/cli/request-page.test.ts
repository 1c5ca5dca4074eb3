import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { daysAway, weekdayOf } from '../../src/cli/output/days.ts';
import { nextCommands } from '../../src/cli/output/next-commands.ts';
import { requestPage } from '../../src/cli/output/request-page.ts';
import { createOutput } from '../../src/cli/output/output.ts';
import { table } from '../../src/cli/output/table.ts';
import { folded } from '../../src/cli/output/wrapped.ts';
import type { RequestStatus } from '../../src/contract/status.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const status: RequestStatus = {
  requestId: 'R-1042',
  type: 'access',
  law: 'gdpr',
  stage: 'collecting',
  receivedOn: '2026-11-23',
  identity: 'confirmed',
  overdue: false,
  timetable: {
    acknowledgeBy: null,
    extendBy: '2026-12-23',
    decideExtensionBy: '2026-12-21',
    cutOffAt: '2026-12-18T23:00:00Z',
    answerBy: '2026-12-23',
    dueAt: '2026-12-23T23:00:00Z',
    vendorsBy: '2026-12-09',
    refuseBy: '2026-12-23',
    plannedOn: '2026-12-23',
    timeZone: 'Europe/Berlin',
    steps: [],
    doubts: [],
    extension: {
      allowed: true,
      used: false,
      latest: '2027-02-23',
      reasons: ['the complexity of the requests'],
      cite: 'GDPR Art. 12(3)',
    },
    clarification: { allowed: true, cite: 'recital 63' },
  },
  waitingOn: ['acme-mail'],
  profiles: [
    {
      dataSpace: 'default',
      partyId: 'P-1',
      keyQualifier: 'crm',
      dataSource: 'CRM',
      unifiedIndividuals: ['U-1'],
      state: 'exported',
      rows: 412,
    },
  ],
  systems: [
    {
      id: 'acme-mail',
      connector: 'manual',
      state: 'waiting',
      askedAt: '2026-11-23T10:00:00Z',
      answerBy: '2026-12-09',
      reminders: 1,
      outcome: null,
      files: 0,
    },
  ],
  lookups: [],
  answers: [],
  notices: [],
  supplements: [],
  revision: 3,
  gaps: [],
  package: null,
  notes: [],
  allowed: [
    { message: 'respondForVendor', on: ['acme-mail'] },
    { message: 'extendDeadline' },
    { message: 'withdraw' },
  ],
  waits: [
    {
      on: 'acme-mail',
      owner: 'vendor',
      reason: 'asked by mail',
      since: '2026-11-23T10:00:00Z',
      until: '2026-12-09T10:00:00Z',
      then: 'gap overdue',
    },
  ],
};

describe('the page of a request', () => {
  const page = requestPage(status, { colour: false, now }).join('\n');

  it('names the stage, the answer date with its weekday, and the days that are left', () => {
    assert.match(page, /R-1042 {2}access request under gdpr/);
    assert.match(page, /Stage +collecting/);
    assert.match(page, /Answer by +Wed 23 Dec 2026, in 28 days/);
  });

  it('tells of a gap what is missing, and what can be done by which command', () => {
    const gaps = [
      {
        system: 'crm',
        because: 'denied' as const,
        note: 'Access was refused.',
        advice: 'crm: denied (status 401). Mend the secret, or go on without it (skipSystem).',
      },
    ];
    assert.match(
      requestPage({ ...status, gaps }, { colour: false, now }).join(' '),
      /denied {2}crm {2}Access was refused\. crm: denied .*"dossier request skip"/,
    );
  });

  it('says who is waited for, until when, and what happens then', () => {
    assert.match(page, /acme-mail {2}vendor {2}asked by mail/);
    assert.match(
      page,
      /until Wed 9 Dec 2026 11:00 \(Europe\/Berlin\), in 14 days; then it is left out, and the package names it \(gap overdue\)/,
    );
  });

  it('says what fails and is tried again: which attempt, when and why, in the width of a terminal', () => {
    const retrying = [
      {
        what: 'export cloud',
        attempt: 4,
        nextAt: '2026-11-25T12:00:40.000Z' as const,
        reason: `crm: unavailable (status 503). ${'It is asked again. '.repeat(6)}\u001b[2J`,
      },
      { what: 'write letter', attempt: 2, nextAt: null, reason: 'The storage cannot be used.' },
    ];
    let said = '';
    const stdout = {
      write: (text: string) => {
        said += text;
      },
      isTTY: true,
      columns: 80,
    };
    createOutput({ stdout, stderr: stdout }, false, { NO_COLOR: '1' }).result(
      {},
      requestPage({ ...status, retrying }, { colour: false, now, width: 80 }),
    );
    assert.match(
      said,
      /Fails and is tried again\n {2}export cloud {2}attempt 4 in 40 s\n {4}crm: unavailable \(status 503\)\./,
    );
    assert.match(said, /write letter {2}attempt 2 now\n {4}The storage/);
    const lines = said.slice(said.indexOf('Fails'), said.indexOf('Systems')).split('\n');
    assert.ok(
      lines.every((line) => line.length <= 80),
      lines.join('\n'),
    );
    assert.doesNotMatch(said, /\u001b/);
  });

  it('ends with the commands that can be used', () => {
    assert.match(page, /dossier vendor respond R-1042 acme-mail --outcome delivered --file PATH/);
    assert.match(
      page,
      /for this reason: the complexity of the requests\n +dossier request extend R-1042 --reason "…"/,
    );
    assert.match(page, /dossier request withdraw R-1042/);
  });

  it('holds no control character where colours are off', () => assert.doesNotMatch(page, /\u001b/));

  it('says loudly that a request is overdue', () => {
    assert.match(
      requestPage({ ...status, overdue: true }, { colour: false, now }).join('\n'),
      /OVERDUE/,
    );
  });

  it('offers nothing on a request that has ended', () => {
    assert.deepEqual(
      nextCommands({
        ...status,
        stage: 'withdrawn',
        systems: [],
        waits: [],
        waitingOn: [],
        allowed: undefined,
      }),
      [],
    );
  });

  it('offers an extension, and its date, only where one would be taken', () => {
    const late = requestPage(
      { ...status, allowed: [{ message: 'withdraw' }] },
      { colour: false, now },
    ).join('\n');
    assert.match(page, /Extend by +Wed 23 Dec/);
    assert.doesNotMatch(late, /Extend by|request extend/);
  });

  it('says what an operator decided on a profile that is not yet exported', () => {
    const decided = requestPage(
      {
        ...status,
        profiles: status.profiles.map((it) => ({
          ...it,
          state: 'pending' as const,
          decided: 'included' as const,
        })),
      },
      { colour: false, now },
    ).join('\n');
    assert.match(decided, /pending, included/);
  });

  it('names commands, and no messages', () => {
    const waits = status.waits.map((it) => ({
      ...it,
      reason: 'Revision 3 of the package awaits approval; send approvePackage or withholdFiles.',
    }));
    const said = requestPage(
      { ...status, waits, notes: ['Mend it and have it tried again (retrySystem).'] },
      { colour: false, now },
    ).join('\n');
    assert.match(said, /use "dossier request approve" or "dossier request withhold"/);
    assert.match(said, /\("dossier request retry"\)/);
    assert.doesNotMatch(said, /approvePackage|withholdFiles|retrySystem/);
  });

  it('fits 80 columns, and breaks no word', () => {
    const long = {
      ...status,
      systems: [
        ...status.systems,
        {
          ...status.systems[0]!,
          id: 'a-vendor-with-a-long-name',
          connector: 'data-cloud-portability',
          outcome: 'in-progress' as const,
        },
      ],
      notes: [`A long note ${'of many words '.repeat(12)}`],
    };
    const lines: string[] = [];
    const out = createOutput(
      {
        stdout: {
          isTTY: true,
          columns: 80,
          write: (text: string) => {
            lines.push(...text.split('\n').slice(0, -1));
          },
        },
        stderr: { write: () => {} },
      },
      false,
      { NO_COLOR: '1' },
    );
    out.result(undefined, requestPage(long, { colour: false, now, width: 80 }));
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    for (const word of [
      'a-vendor-with-a-long-name',
      'data-cloud-portability',
      'Europe/Berlin',
      'in-progress',
    ]) {
      assert.ok(
        lines.some((line) => line.includes(word)),
        word,
      );
    }
  });

  it("shows what happened on the days of the law's zone", () => {
    const [line] = requestPage(
      {
        ...status,
        notices: [
          {
            kind: 'delivery',
            to: 'subject',
            at: '2026-12-03T23:00:00Z',
            state: 'to-send',
            note: 'The copy is ready.',
          },
        ],
      },
      { colour: false, now },
    ).filter((it) => it.includes('The copy is ready.'));
    assert.match(line ?? '', /Fri 4 Dec 2026 {2}delivery/);
  });
});

describe('days for people', () => {
  const cases = [
    ['2026-11-25', 'today'],
    ['2026-11-26', 'tomorrow'],
    ['2026-11-24', 'yesterday'],
    ['2026-12-25', 'in 30 days'],
    ['2026-11-20', '5 days ago'],
  ] as const;
  for (const [day, words] of cases) {
    it(`${day} is ${words}`, () => assert.equal(daysAway(day, now), words));
  }
  it("are counted in the law's zone", () =>
    assert.equal(
      daysAway('2026-11-26', Date.parse('2026-11-25T23:30:00Z'), 'Europe/Berlin'),
      'today',
    ));
  it('carry their weekday', () => assert.equal(weekdayOf('2026-12-23'), 'Wed 23 Dec 2026'));
});

describe('a table', () => {
  it('is as wide as its widest cells, colours not counted', () => {
    assert.deepEqual(
      table(
        ['a', 'bb'],
        [
          ['\u001b[31mred\u001b[39m', 'x'],
          ['y', 'long'],
        ],
      ),
      ['  a    bb', '  ---  ----', '  \u001b[31mred\u001b[39m  x', '  y    long'],
    );
  });

  it('narrows its widest column where a line would be too long, at spaces alone', () => {
    assert.deepEqual(table(['a', 'what'], [['x', 'one two three']], 12), [
      '  a  what',
      '  -  -------',
      '  x  one two',
      '     three',
    ]);
  });

  it('makes each row a paragraph where even that is too wide', () => {
    assert.deepEqual(table(['name', 'state', 'files'], [['acme', 'a-very-long-word', '2']], 20), [
      '  acme',
      '    state',
      '    a-very-long-word,',
      '    files 2',
    ]);
  });
});

describe('a line that is too long', () => {
  it('goes on below, set in', () =>
    assert.deepEqual(folded('  one two three', 10), ['  one', '    two', '    three']));
  it('goes on by a backslash where it is a command, and never within quotes', () => {
    assert.deepEqual(folded('    dossier request skip R-1 acme --reason "gone for good"', 34), [
      '    dossier request skip R-1 \\',
      '      acme --reason \\',
      '      "gone for good"',
    ]);
  });
  it('stays whole where it holds lines of its own, as JSON does', () =>
    assert.deepEqual(folded('{\n "a": 1 }', 3), ['{\n "a": 1 }']));
});
