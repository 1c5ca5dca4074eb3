import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorOf, invoke } from './invoke.ts';

describe('dossier law', () => {
  it('due gives one answer for one question', async () => {
    const { exitCode, stdout } = await invoke([
      'law',
      'due',
      '--law',
      'gdpr',
      '--country',
      'DE',
      '--received',
      '2026-11-23',
      '--json',
    ]);
    assert.equal(exitCode, 0);
    const { law, receivedOn, dueOn } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(
      { law, receivedOn, dueOn },
      { law: 'gdpr', receivedOn: '2026-11-23', dueOn: '2026-12-23' },
    );
  });

  it('due counts events, and shows every step to people', async () => {
    const { stdout } = await invoke([
      'law',
      'due',
      '--law',
      'gdpr',
      '--country',
      'DE',
      '--received',
      '2026-11-23',
      '--event',
      'extended=2026-12-10',
    ]);
    assert.match(stdout, /Extended\s+Tue 23 Feb 2027/);
    assert.match(stdout, /Art\. 12\(3\)/);
  });

  it('due answers many questions in their order, and fails if one has no answer', async () => {
    const questions = [
      { id: 'a', law: 'gdpr', country: 'DE', receivedAt: '2026-11-23', events: [] },
      { id: 'b', law: 'pipa', receivedAt: '2026-11-23', events: [] },
    ];
    const { exitCode, stdout } = await invoke(['law', 'due', '--input', '-', '--json'], {
      input: JSON.stringify(questions),
    });
    assert.equal(exitCode, 1);
    const [first, second] = JSON.parse(stdout) as { id: string; error?: { code: string } }[];
    assert.deepEqual([first?.id, second?.id, second?.error?.code], ['a', 'b', 'invalid-input']);
    assert.equal(
      (
        await invoke(['law', 'due', '--input', '-', '--json'], {
          input: JSON.stringify(questions.slice(0, 1)),
        })
      ).exitCode,
      0,
    );
  });

  it('due and show refuse a law that is not known, and name those that are', async () => {
    for (const args of [
      ['law', 'due', '--law', 'nowhere', '--received', '2026-11-23'],
      ['law', 'show', 'nowhere'],
    ]) {
      const refused = await invoke([...args, '--json']);
      assert.equal(refused.exitCode, 1);
      assert.match(errorOf(refused).message, /gdpr/);
    }
  });

  it('due names every law that may hold, and gives the strictest date', async () => {
    const { stdout } = await invoke([
      'law',
      'due',
      '--country',
      'JP',
      '--controller',
      'DE-BE',
      '--received',
      '2026-11-23',
    ]);
    assert.match(
      stdout,
      /^appi, received[^]*Due\s+Mon 7 Dec 2026[^]*GDPR \(the controller acts in DE\) may hold as well and ends 16 days later/,
    );
  });

  it('compare puts laws side by side, the earliest first', async () => {
    const { exitCode, stdout } = await invoke([
      'law',
      'compare',
      'ccpa',
      'gdpr:DE',
      'pipa-kr',
      '--received',
      '2026-11-23',
      '--json',
    ]);
    assert.equal(exitCode, 0);
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    assert.deepEqual(
      rows.map(({ law, dueOn, extendedDueOn, acknowledgeOn }) => [
        law,
        dueOn,
        extendedDueOn,
        acknowledgeOn,
      ]),
      [
        ['pipa-kr', '2026-12-03', '2026-12-14', null],
        ['gdpr', '2026-12-23', '2027-02-23', null],
        ['ccpa', '2027-01-07', '2027-02-21', '2026-12-07'],
      ],
    );
    assert.match(
      (await invoke(['law', 'compare', 'ccpa', 'gdpr:DE', '--received', '2026-11-23'])).stdout,
      /gdpr \(DE\)\s+Wed 23 Dec 2026[^]*ccpa\s+Thu 7 Jan 2027[^]*11 CCR § 7021\(b\)/,
    );
  });

  it('compare knows every law, and says of which it has nothing to say', async () => {
    const rows = JSON.parse(
      (
        await invoke([
          'law',
          'compare',
          '--received',
          '2026-11-23',
          '--right',
          'portability',
          '--json',
        ])
      ).stdout,
    ) as { law: string; error?: string }[];
    const listed = JSON.parse((await invoke(['law', 'list', '--json'])).stdout) as { id: string }[];
    assert.deepEqual(rows.map(({ law }) => law).sort(), listed.map(({ id }) => id).sort());
    assert.match(rows.find(({ law }) => law === 'appi')?.error ?? '', /no right to portability/);
    for (const [args, code] of [
      [['gdpr:XX', '--received', '2026-11-23'], 1],
      [['gdpr:DE'], 2],
      [['gdpr:DE', '--received', '2026-02-30'], 1],
    ] as const) {
      assert.equal((await invoke(['law', 'compare', ...args])).exitCode, code, args.join(' '));
    }
  });

  it('show gives what one state says', async () => {
    const { stdout } = await invoke([
      'law',
      'show',
      'us-state',
      '--country',
      'US',
      '--region',
      'VA',
    ]);
    assert.match(stdout, /Virginia[^]*\[Va\. Code § 59\.1-577\]/);
    assert.doesNotMatch(stdout, /Texas/);
  });

  it(
    'show says of one country where its days are counted, which holidays move a date, and every ' +
      'authority of its regions',
    async () => {
      const { stdout } = await invoke(['law', 'show', 'gdpr', '--country', 'DE']);
      assert.match(
        stdout,
        /time zone Europe\/Berlin[^]*2026: 1 January, 3 April, 6 April, 1 May, 14 May, 25 May, 3 October, 25 December, 26\s+December/,
      );
      assert.match(
        stdout,
        /DOUBTS[^]*Art\. 12 itself knows no pause[^]*Art\. 12\(4\) names one month/,
      );
      assert.match(stdout, /• BE: Berliner Beauftragte[^]*• TH: Thüringer/);
      assert.match(
        (await invoke(['law', 'show', 'privacy-act-nz'])).stdout,
        /Pacific\/Auckland[^]*Good Friday; Easter Monday; Anzac Day/,
      );
      assert.match(
        (await invoke(['law', 'show', 'privacy-act-au', '--country', 'AU', '--region', 'ACT']))
          .stdout,
        /Australia\/Sydney[^]*2026: [^.]*1 June/,
      );
    },
  );

  it('list and show give the register', async () => {
    const listed = JSON.parse((await invoke(['law', 'list', '--json'])).stdout) as { id: string }[];
    assert.ok(listed.some(({ id }) => id === 'gdpr'));
    const page = JSON.parse(
      (await invoke(['law', 'show', 'gdpr', '--country', 'DE', '--json'])).stdout,
    ) as { id: string };
    assert.equal(page.id, 'gdpr');
  });
});
