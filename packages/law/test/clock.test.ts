import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DueAnswer, DueQuestion } from '../src/model/due.ts';
import type { ClockEvent } from '../src/model/clock-event.ts';
import { lawDue } from '../src/index.ts';
import { day } from '../src/laws/worked-example.ts';

const SHORT: Readonly<Record<string, ClockEvent['type']>> = {
  'identity asked': 'identityRequested',
  'identity proven': 'identityVerified',
  'meaning asked': 'clarificationRequested',
  'meaning clear': 'clarificationReceived',
  'fee asked': 'feeRequested',
  'fee paid': 'feePaid',
  extended: 'extended',
};

/** Events such as `identity asked Wed 2 Sep 2026`, an extension with `until`. */
const events = (words: readonly string[]): ClockEvent[] =>
  words.map((line) => {
    const [, type, at, until] = /^(.+?) (\w{3} \d+ \w{3} \d{4})(?: until (.+))?$/.exec(line)!;
    return { type: SHORT[type!]!, at: day(at!), ...(until !== undefined && { until: day(until) }) };
  });

type Place = Omit<DueQuestion, 'id' | 'receivedAt' | 'events'>;
type Row = readonly [
  rule: string,
  place: Place,
  received: string,
  happened: readonly string[],
  due: string,
  extended?: string,
];

const gdpr: Place = { law: 'gdpr', country: 'DE' };
const uk: Place = { law: 'uk-gdpr', country: 'GB', region: 'ENG' };
const swiss: Place = { law: 'fadp', country: 'CH' };
const canada: Place = { law: 'pipeda', country: 'CA', region: 'ON' };
const california: Place = { law: 'ccpa', country: 'US', region: 'CA' };
const korea: Place = { law: 'pipa-kr', country: 'KR' };
const nz: Place = { law: 'privacy-act-nz', country: 'NZ' };

const due = async (
  place: Place,
  received: string,
  happened: readonly string[],
): Promise<DueAnswer> =>
  lawDue({ id: 'row', ...place, receivedAt: day(received), events: events(happened) });

function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    for (const [rule, place, received, happened, dueOn, extended] of rows) {
      it(rule, async () => {
        const answer = await due(place, received, happened);
        assert.deepEqual(
          [answer.dueOn, answer.extendedDueOn],
          [day(dueOn), extended && day(extended)],
        );
        assert.ok(answer.steps.every(({ cite, rule: words }) => cite !== '' && words !== ''));
      });
    }
  });
}

table('GDPR: the clock stands', [
  [
    'for overlapping questions once',
    gdpr,
    'Tue 1 Sep 2026',
    [
      'identity asked Wed 2 Sep 2026',
      'meaning asked Sat 5 Sep 2026',
      'identity proven Wed 9 Sep 2026',
      'meaning clear Sat 12 Sep 2026',
    ],
    'Mon 12 Oct 2026',
  ],
  [
    'for two questions one after the other',
    gdpr,
    'Tue 1 Sep 2026',
    [
      'meaning asked Wed 2 Sep 2026',
      'meaning clear Fri 4 Sep 2026',
      'meaning asked Mon 7 Sep 2026',
      'meaning clear Wed 9 Sep 2026',
    ],
    'Mon 5 Oct 2026',
  ],
  [
    'for each question from its own day on',
    gdpr,
    'Tue 1 Sep 2026',
    [
      'identity asked Wed 2 Sep 2026',
      'meaning asked Sat 5 Sep 2026',
      'meaning clear Wed 9 Sep 2026',
    ],
    'Mon 5 Oct 2026',
  ],
  [
    'not at all while nobody answers',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Wed 2 Sep 2026'],
    'Thu 1 Oct 2026',
  ],
  [
    'not for a question eleven days late',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Sat 12 Sep 2026', 'identity proven Sat 19 Sep 2026'],
    'Thu 1 Oct 2026',
  ],
  [
    'for a question ten days late',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Fri 11 Sep 2026', 'identity proven Fri 18 Sep 2026'],
    'Thu 8 Oct 2026',
  ],
  [
    'not at all where question and answer fall on one day',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Tue 1 Sep 2026', 'identity proven Tue 1 Sep 2026'],
    'Thu 1 Oct 2026',
  ],
  [
    'and the end is rolled after that',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Tue 1 Sep 2026', 'identity proven Thu 3 Sep 2026'],
    'Mon 5 Oct 2026',
  ],
  [
    'not for a question what portability means, for recital 63 speaks of access',
    { ...gdpr, right: 'portability' },
    'Tue 1 Sep 2026',
    ['meaning asked Wed 2 Sep 2026', 'meaning clear Wed 9 Sep 2026'],
    'Thu 1 Oct 2026',
  ],
  [
    'not for a fee',
    gdpr,
    'Tue 1 Sep 2026',
    ['fee asked Wed 2 Sep 2026', 'fee paid Wed 9 Sep 2026'],
    'Thu 1 Oct 2026',
  ],
]);

table('GDPR: an extension', [
  [
    'may be announced on the last day',
    gdpr,
    'Tue 14 Jul 2026',
    ['extended Fri 14 Aug 2026'],
    'Fri 14 Aug 2026',
    'Wed 14 Oct 2026',
  ],
  [
    'may be announced on the day that the last day moved to',
    gdpr,
    'Thu 16 Jul 2026',
    ['extended Mon 17 Aug 2026'],
    'Mon 17 Aug 2026',
    'Fri 16 Oct 2026',
  ],
  [
    'does not count a day late',
    gdpr,
    'Tue 14 Jul 2026',
    ['extended Sat 15 Aug 2026'],
    'Fri 14 Aug 2026',
  ],
  [
    'counts once',
    gdpr,
    'Tue 14 Jul 2026',
    ['extended Mon 10 Aug 2026', 'extended Wed 12 Aug 2026'],
    'Fri 14 Aug 2026',
    'Wed 14 Oct 2026',
  ],
  [
    'is not prolonged by the time that identity was open',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Wed 2 Sep 2026', 'identity proven Wed 9 Sep 2026', 'extended Mon 5 Oct 2026'],
    'Thu 8 Oct 2026',
  ],
  [
    'has the days of a pause added',
    gdpr,
    'Tue 1 Sep 2026',
    ['identity asked Wed 2 Sep 2026', 'identity proven Wed 9 Sep 2026', 'extended Wed 30 Sep 2026'],
    'Thu 8 Oct 2026',
    'Tue 8 Dec 2026',
  ],
  [
    'binds to an earlier day that its notice names',
    gdpr,
    'Tue 14 Jul 2026',
    ['extended Mon 10 Aug 2026 until Tue 15 Sep 2026'],
    'Fri 14 Aug 2026',
    'Tue 15 Sep 2026',
  ],
  [
    'never goes beyond three months',
    gdpr,
    'Tue 14 Jul 2026',
    ['extended Mon 10 Aug 2026 until Thu 31 Dec 2026'],
    'Fri 14 Aug 2026',
    'Wed 14 Oct 2026',
  ],
  [
    'clamps once at the end of a short month',
    gdpr,
    'Mon 30 Nov 2026',
    ['extended Mon 21 Dec 2026'],
    'Wed 30 Dec 2026',
    'Mon 1 Mar 2027',
  ],
]);

table('UK GDPR: the month', [
  [
    'begins with the answer about the identity that was asked for',
    uk,
    'Tue 10 Nov 2026',
    ['identity asked Wed 11 Nov 2026', 'identity proven Mon 16 Nov 2026'],
    'Wed 16 Dec 2026',
  ],
  [
    'begins with receipt while identity is open',
    uk,
    'Tue 10 Nov 2026',
    ['identity asked Wed 11 Nov 2026'],
    'Thu 10 Dec 2026',
  ],
  [
    'begins with the later of identity and fee',
    uk,
    'Tue 10 Nov 2026',
    [
      'identity asked Tue 10 Nov 2026',
      'identity proven Mon 16 Nov 2026',
      'fee asked Tue 10 Nov 2026',
      'fee paid Thu 19 Nov 2026',
    ],
    'Mon 21 Dec 2026',
  ],
  [
    'begins with the answer about a question of its last day',
    uk,
    'Tue 10 Nov 2026',
    ['identity asked Thu 10 Dec 2026', 'identity proven Mon 14 Dec 2026'],
    'Thu 14 Jan 2027',
  ],
  [
    'does not begin anew for a question after its end',
    uk,
    'Tue 10 Nov 2026',
    ['identity asked Fri 11 Dec 2026', 'identity proven Mon 14 Dec 2026'],
    'Thu 10 Dec 2026',
  ],
  [
    'leaves out question and answer on one day as one day',
    uk,
    'Mon 5 Oct 2026',
    ['meaning asked Wed 7 Oct 2026', 'meaning clear Wed 7 Oct 2026'],
    'Fri 6 Nov 2026',
  ],
  [
    'that is asked about on the day of receipt is a month from the answer',
    uk,
    'Mon 5 Oct 2026',
    ['meaning asked Mon 5 Oct 2026', 'meaning clear Fri 16 Oct 2026'],
    'Mon 16 Nov 2026',
  ],
  [
    'does not leave out days before it begins',
    uk,
    'Tue 10 Nov 2026',
    [
      'identity asked Tue 10 Nov 2026',
      'meaning asked Tue 10 Nov 2026',
      'meaning clear Fri 13 Nov 2026',
      'identity proven Mon 16 Nov 2026',
    ],
    'Wed 16 Dec 2026',
  ],
  [
    'is not revived by a question what is meant after its end',
    uk,
    'Mon 5 Oct 2026',
    ['meaning asked Mon 9 Nov 2026', 'meaning clear Fri 13 Nov 2026'],
    'Thu 5 Nov 2026',
  ],
  [
    'stands for a question what is meant on its last day',
    uk,
    'Mon 5 Oct 2026',
    ['meaning asked Thu 5 Nov 2026', 'meaning clear Tue 10 Nov 2026'],
    'Wed 11 Nov 2026',
  ],
  [
    'leaves room for a notice of extension in the days of a clarification',
    uk,
    'Mon 5 Oct 2026',
    ['meaning asked Wed 7 Oct 2026', 'meaning clear Wed 14 Oct 2026', 'extended Fri 13 Nov 2026'],
    'Fri 13 Nov 2026',
    'Wed 13 Jan 2027',
  ],
  [
    'stands between question and answer for requests before 5 February 2026',
    uk,
    'Mon 5 Jan 2026',
    ['meaning asked Wed 7 Jan 2026', 'meaning clear Wed 14 Jan 2026'],
    'Thu 12 Feb 2026',
  ],
  ['moves from Easter Monday in England', uk, 'Fri 6 Mar 2026', [], 'Tue 7 Apr 2026'],
  [
    'does not move from Easter Monday in Scotland',
    { ...uk, region: 'SCT' },
    'Fri 6 Mar 2026',
    [],
    'Mon 6 Apr 2026',
  ],
  [
    'does not move from Easter Monday where no nation is given',
    { law: 'uk-gdpr', country: 'GB' },
    'Fri 6 Mar 2026',
    [],
    'Mon 6 Apr 2026',
  ],
]);

table('FADP', [
  [
    'begins after the ten days to reconsider a fee',
    swiss,
    'Mon 2 Mar 2026',
    ['fee asked Wed 4 Mar 2026', 'fee paid Mon 9 Mar 2026'],
    'Mon 13 Apr 2026',
  ],
  [
    'begins after them for a fee that is paid on the tenth',
    swiss,
    'Mon 2 Mar 2026',
    ['fee asked Wed 4 Mar 2026', 'fee paid Sat 14 Mar 2026'],
    'Mon 13 Apr 2026',
  ],
  [
    'does not wait for a fee that nobody confirmed',
    swiss,
    'Mon 2 Mar 2026',
    ['fee asked Wed 4 Mar 2026'],
    'Wed 1 Apr 2026',
  ],
  [
    'does not wait for a fee that was confirmed too late',
    swiss,
    'Mon 2 Mar 2026',
    ['fee asked Wed 4 Mar 2026', 'fee paid Mon 16 Mar 2026'],
    'Wed 1 Apr 2026',
  ],
  [
    'does not stop for identity',
    swiss,
    'Mon 2 Mar 2026',
    ['identity asked Tue 3 Mar 2026', 'identity proven Mon 9 Mar 2026'],
    'Wed 1 Apr 2026',
  ],
  ['moves from Ascension Day', swiss, 'Tue 14 Apr 2026', [], 'Fri 15 May 2026'],
  [
    'wants the day that an extension names',
    swiss,
    'Thu 11 Jun 2026',
    ['extended Wed 8 Jul 2026'],
    'Mon 13 Jul 2026',
  ],
  [
    'does not take an earlier day for an extension',
    swiss,
    'Thu 11 Jun 2026',
    ['extended Wed 8 Jul 2026 until Fri 10 Jul 2026'],
    'Mon 13 Jul 2026',
  ],
]);

table('other laws: extensions', [
  [
    'PIPEDA takes no notice after the thirtieth day',
    canada,
    'Thu 15 Jan 2026',
    ['extended Mon 16 Feb 2026'],
    'Sat 14 Feb 2026',
  ],
  [
    'PIPEDA binds to the new time limit that its notice names',
    canada,
    'Thu 15 Jan 2026',
    ['extended Tue 10 Feb 2026 until Mon 2 Mar 2026'],
    'Sat 14 Feb 2026',
    'Mon 2 Mar 2026',
  ],
  [
    'PIPEDA does not move from Thanksgiving, whose proclamation was not read',
    canada,
    'Sat 12 Sep 2026',
    [],
    'Mon 12 Oct 2026',
  ],
  [
    'PIPEDA does not stop for identity',
    canada,
    'Thu 15 Jan 2026',
    ['identity asked Fri 16 Jan 2026', 'identity proven Mon 26 Jan 2026'],
    'Sat 14 Feb 2026',
  ],
  [
    'Quebec knows none',
    { country: 'CA', region: 'QC' },
    'Mon 1 Jun 2026',
    ['extended Mon 15 Jun 2026'],
    'Thu 2 Jul 2026',
  ],
  [
    'Japan knows none',
    { country: 'JP' },
    'Mon 1 Jun 2026',
    ['extended Mon 8 Jun 2026'],
    'Mon 15 Jun 2026',
  ],
  [
    'Australia knows none',
    { country: 'AU' },
    'Mon 1 Jun 2026',
    ['extended Mon 8 Jun 2026'],
    'Wed 1 Jul 2026',
  ],
  [
    'Brazil knows none',
    { country: 'BR' },
    'Mon 5 Oct 2026',
    ['extended Fri 9 Oct 2026'],
    'Tue 20 Oct 2026',
  ],
  [
    'California takes no notice on day 46',
    california,
    'Mon 1 Jun 2026',
    ['extended Fri 17 Jul 2026'],
    'Thu 16 Jul 2026',
  ],
  [
    'California takes a notice on day 45',
    california,
    'Mon 1 Jun 2026',
    ['extended Thu 16 Jul 2026'],
    'Thu 16 Jul 2026',
    'Sun 30 Aug 2026',
  ],
  [
    'Korea gives ten days after the reason ends, and rolls them',
    korea,
    'Mon 1 Jun 2026',
    ['extended Wed 10 Jun 2026 until Wed 17 Jun 2026'],
    'Thu 11 Jun 2026',
    'Mon 29 Jun 2026',
  ],
  [
    'New Zealand takes the day that the notice names',
    nz,
    'Mon 16 Mar 2026',
    ['extended Tue 14 Apr 2026 until Thu 30 Apr 2026'],
    'Wed 15 Apr 2026',
    'Thu 30 Apr 2026',
  ],
  ['New Zealand leaves out Matariki', nz, 'Fri 26 Jun 2026', [], 'Mon 27 Jul 2026'],
]);

describe('an extension that does not count', () => {
  for (const [why, place, happened, said] of [
    [
      'for it came too late',
      gdpr,
      ['extended Mon 17 Aug 2026'],
      /after the last day for it, 2026-08-14/,
    ],
    [
      'for there was one already',
      gdpr,
      ['extended Mon 10 Aug 2026', 'extended Tue 11 Aug 2026'],
      /once/,
    ],
    [
      'for the law knows none',
      { country: 'CA', region: 'QC' },
      ['extended Mon 20 Jul 2026'],
      /knows no extension/,
    ],
    ['for nobody named the day', { country: 'SG' }, ['extended Mon 20 Jul 2026'], /until/],
  ] as const) {
    it(`says so in a step, ${why}`, async () => {
      const { steps, dueOn } = await due(place, 'Tue 14 Jul 2026', happened);
      const step = steps.find(({ rule }) => rule.startsWith('The extension does not count'));
      assert.deepEqual(Object.keys(step ?? {}), ['rule', 'cite', 'from', 'to']);
      assert.match(step?.rule ?? '', said);
      assert.deepEqual([step?.from, step?.to, step?.cite !== ''], [dueOn, dueOn, true]);
    });
  }
});

describe('doubts', () => {
  it('of a rule are said where it moves a date, and only there', async () => {
    const plain = await due(gdpr, 'Tue 1 Sep 2026', []);
    assert.deepEqual(plain.doubts, []);
    const paused = await due(gdpr, 'Tue 1 Sep 2026', [
      'identity asked Wed 2 Sep 2026',
      'identity proven Wed 9 Sep 2026',
    ]);
    assert.match(paused.doubts.join(), /Art\. 12 itself knows no pause/);
    const extended = await due(gdpr, 'Tue 1 Sep 2026', ['extended Wed 9 Sep 2026']);
    assert.match(extended.doubts.join(), /three months run from receipt/);
    assert.doesNotMatch(extended.doubts.join(), /no pause/);
  });

  it('are none where a notice names a later day than the law allows: a step says that the law’s day holds', async () => {
    const { extendedDueOn, steps } = await due(gdpr, 'Tue 14 Jul 2026', [
      'extended Mon 10 Aug 2026 until Fri 1 Jan 2027',
    ]);
    assert.equal(extendedDueOn, day('Wed 14 Oct 2026'));
    assert.match(steps.at(-1)?.rule ?? '', /names 2027-01-01, a later day than the law allows/);
  });

  it('say that an open question is counted as if the clock ran', async () => {
    assert.match(
      (await due(gdpr, 'Tue 1 Sep 2026', ['identity asked Wed 2 Sep 2026'])).doubts.join(),
      /as if it ran/,
    );
  });

  it('say that a question came late', async () => {
    assert.match(
      (
        await due(gdpr, 'Tue 1 Sep 2026', [
          'identity asked Mon 7 Sep 2026',
          'identity proven Tue 8 Sep 2026',
        ])
      ).doubts.join(),
      /6 days after receipt/,
    );
  });

  it('say that a year has no holiday data', async () => {
    assert.match((await due(gdpr, 'Thu 1 Dec 2050', [])).doubts.join(), /no holiday data for 2051/);
  });

  it('say that an entity was assumed', async () => {
    assert.match(
      (await due({ country: 'AU' }, 'Mon 1 Jun 2026', [])).doubts.join(),
      /organisation/,
    );
  });

  it('say once what is said twice', async () => {
    const { doubts } = await due(gdpr, 'Tue 1 Sep 2026', [
      'identity asked Wed 2 Sep 2026',
      'extended Wed 9 Sep 2026',
    ]);
    assert.equal(new Set(doubts).size, doubts.length);
  });
});
