import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidRequest } from '../src/model/invalid-request.ts';
import { lawDue, planDates, type DatedRequest, type DatesQuestion } from '../src/index.ts';
import { day } from '../src/laws/worked-example.ts';

const input: DatedRequest = { type: 'access', receivedAt: '2026-06-01T03:00:00Z' };
const plan = (
  change: Partial<DatedRequest>,
  controller?: DatesQuestion['controller'],
  more: Partial<DatesQuestion> = {},
) =>
  planDates({
    request: { ...input, ...change },
    events: [],
    policy: { cutOff: '3d' },
    now: '2026-06-02T00:00:00.000Z',
    ...(controller && { controller }),
    ...more,
  });
const named = ({ timetable }: Awaited<ReturnType<typeof plan>>) =>
  timetable.laws?.map(({ law, because }) => `${law}: ${because}`);

describe('several laws may hold', () => {
  const cases: readonly (readonly [
    what: string,
    residence: DatedRequest['residence'],
    controller: NonNullable<DatesQuestion['controller']>,
    law: string,
    laws: readonly string[] | undefined,
  ])[] = [
    [
      'the residence’s is the stricter one',
      { country: 'JP' },
      { country: 'DE' },
      'appi',
      ['appi: residence', 'gdpr: establishment'],
    ],
    [
      'the establishment’s is the stricter one',
      { country: 'US', region: 'CA' },
      { country: 'DE' },
      'gdpr',
      ['ccpa: residence', 'gdpr: establishment'],
    ],
    [
      'a law that protects residents alone does not follow its businesses',
      { country: 'DE' },
      { country: 'US', region: 'CA' },
      'gdpr',
      undefined,
    ],
    ['the same law counts once', { country: 'AT' }, { country: 'DE' }, 'gdpr', undefined],
    [
      'a province’s act and the federal one',
      { country: 'CA', region: 'QC' },
      { country: 'CA', region: 'ON' },
      'quebec-law-25',
      ['quebec-law-25: residence', 'pipeda: establishment'],
    ],
    [
      'people of a country without a known law have the establishment’s',
      { country: 'CN' },
      { country: 'FR' },
      'gdpr',
      undefined,
    ],
  ];
  for (const [what, residence, controller, law, laws] of cases) {
    it(what, async () => {
      const planned = plan({ residence }, controller);
      assert.deepEqual([planned.law, named(planned)], [law, laws]);
    });
  }

  it('a law that is named in the request holds alone', async () => {
    assert.deepEqual(
      named(plan({ residence: { country: 'JP' }, law: 'appi' }, { country: 'DE' })),
      undefined,
    );
  });

  it('every date is the earliest, and the others are named in steps, doubts and notes', async () => {
    const { timetable, notes } = plan(
      { residence: { country: 'US', region: 'CA' } },
      { country: 'DE' },
    );
    assert.deepEqual(
      [timetable.answerBy, timetable.acknowledgeBy, timetable.timeZone],
      [day('Wed 1 Jul 2026'), day('Fri 12 Jun 2026'), 'Europe/Berlin'],
    );
    const step = timetable.steps.at(-1);
    assert.match(
      step?.rule ?? '',
      /CCPA \(the person lives in US\) may hold as well and ends 14 days later/,
    );
    assert.deepEqual([step?.to, step?.cite.includes('1798.130')], [day('Wed 15 Jul 2026'), true]);
    assert.match(
      timetable.steps.find(({ to }) => to === timetable.acknowledgeBy)?.cite ?? '',
      /11 CCR § 7021\(a\)/,
    );
    assert.ok(timetable.doubts.some((doubt) => doubt.startsWith('CCPA: ')));
    assert.match(
      notes.join(),
      /Several laws may hold: CCPA \(the person lives in US\) and GDPR \(the controller acts in DE\)/,
    );
  });

  it('an extension counts up to the strictest of the longer dates', async () => {
    const { timetable, extended } = plan(
      { residence: { country: 'US', region: 'CA' } },
      { country: 'DE' },
    );
    assert.deepEqual(
      [timetable.extension.allowed, timetable.extension.anyReason, timetable.extension.reasons[0]],
      [true, false, 'the complexity of the requests'],
    );
    assert.equal(extended?.answerBy, day('Sat 29 Aug 2026'));
    assert.deepEqual(
      [timetable.extendBy, timetable.decideExtensionBy, timetable.extension.latest],
      [day('Wed 1 Jul 2026'), day('Mon 29 Jun 2026'), day('Wed 1 Jul 2026')],
    );
    const { timetable: after } = plan(
      { residence: { country: 'US', region: 'CA' } },
      { country: 'DE' },
      { events: [{ type: 'extended', at: '2026-06-02' }] },
    );
    assert.deepEqual([after.answerBy, after.extension.used], [day('Sat 29 Aug 2026'), true]);
  });

  it('an extension of one law does not help where the stricter one knows none', async () => {
    const { timetable, extended } = plan({ residence: { country: 'JP' } }, { country: 'DE' });
    assert.deepEqual(
      [
        timetable.extension.allowed,
        timetable.extendBy,
        timetable.decideExtensionBy,
        timetable.extension.latest,
        extended,
      ],
      [false, null, null, null, null],
    );
  });

  it('an extension counts as used where one law took it, though the stricter one knows none', async () => {
    const { timetable, law } = plan(
      { residence: { country: 'CA', region: 'QC' } },
      { country: 'CA', region: 'ON' },
      { events: [{ type: 'extended', at: '2026-06-02' }] },
    );
    assert.deepEqual(
      [law, timetable.extension.used, timetable.extension.allowed],
      ['quebec-law-25', true, false],
    );
  });

  it('a law that knows no such right drops out with a note', async () => {
    const planned = plan({ residence: { country: 'JP' }, type: 'portability' }, { country: 'DE' });
    assert.deepEqual([planned.law, named(planned)], ['gdpr', undefined]);
    assert.match(
      planned.notes.join(),
      /appi was looked at as well and does not hold: .*no right to portability/,
    );
  });

  it('a right that none of them knows is refused as the first says it', async () => {
    await assert.rejects(
      async () => plan({ residence: { country: 'JP' }, type: 'portability' }, { country: 'NZ' }),
      (error) => error instanceof InvalidRequest && /Art\. 33/.test(error.message),
    );
  });

  it('the most cautious day of receipt is that of all places', async () => {
    const planned = plan({ residence: { country: 'US', region: 'CA' } }, { country: 'DE' });
    assert.deepEqual(
      [planned.receivedOn, planned.timetable.plannedOn],
      [day('Mon 1 Jun 2026'), day('Tue 30 Jun 2026')],
    );
  });

  it('a state must be named where each has an act of its own', async () => {
    await assert.rejects(
      async () => plan({ residence: { country: 'US' } }, { country: 'DE' }),
      (error) =>
        error instanceof InvalidRequest && error.complaints[0]?.path === 'residence.region',
    );
  });
});

describe('law due with a controller', () => {
  it('gives the strictest date and names the other law', async () => {
    const answer = lawDue({
      id: 'q',
      country: 'JP',
      controller: { country: 'DE' },
      receivedAt: '2026-06-01',
    });
    assert.deepEqual([answer.law, answer.dueOn], ['appi', day('Mon 15 Jun 2026')]);
    assert.match(
      answer.steps.at(-1)?.rule ?? '',
      /GDPR \(the controller acts in DE\) may hold as well and ends 16 days later/,
    );
    assert.deepEqual(Object.keys(answer), [
      'id',
      'law',
      'receivedOn',
      'dueOn',
      'plannedOn',
      'steps',
      'doubts',
    ]);
  });

  it('cites the law that wants receipt confirmed, where another ends first', async () => {
    const { law, acknowledgeOn, steps } = lawDue({
      id: 'q',
      country: 'US',
      region: 'CA',
      controller: { country: 'DE' },
      receivedAt: '2026-06-01',
    });
    assert.deepEqual([law, acknowledgeOn], ['gdpr', day('Mon 15 Jun 2026')]);
    assert.deepEqual(
      steps.filter(({ to }) => to === acknowledgeOn).map(({ cite }) => cite),
      ['11 CCR § 7021(a)'],
    );
    const sameDay = lawDue({
      id: 'q',
      country: 'US',
      region: 'CA',
      controller: { country: 'JP' },
      receivedAt: '2026-06-01',
    });
    assert.deepEqual(
      [
        sameDay.law,
        sameDay.dueOn,
        sameDay.acknowledgeOn,
        sameDay.steps.some(({ cite }) => cite === '11 CCR § 7021(a)'),
      ],
      ['appi', day('Mon 15 Jun 2026'), day('Mon 15 Jun 2026'), true],
    );
  });

  it('keeps an extended date only as far as every law allows', async () => {
    const ask = (country: string, region: string) =>
      lawDue({
        id: 'q',
        country,
        region,
        controller: { country: 'DE' },
        receivedAt: '2026-06-01',
        events: [{ type: 'extended', at: '2026-06-20' }],
      });
    assert.deepEqual(
      [ask('US', 'CA').extendedDueOn, ask('CA', 'QC').extendedDueOn],
      [day('Sun 30 Aug 2026'), day('Thu 2 Jul 2026')],
    );
  });
});

describe('holidays that an open request was planned with', () => {
  it('are told with the plan', async () => {
    const { tables } = plan({ residence: { country: 'DE' } });
    assert.ok(
      tables.holidays.gdpr?.includes(day('Fri 25 Dec 2026')) &&
        tables.holidays.gdpr.every((on) => on >= '2026-06-01'),
    );
  });

  it('count alone: a day that is new among the holidays makes no date later', async () => {
    const received = { residence: { country: 'DE' }, receivedAt: '2026-11-25' };
    const now = '2026-11-26T00:00:00.000Z';
    const fresh = plan(received, undefined, { now });
    const kept = plan(received, undefined, {
      now,
      tables: {
        holidays: { gdpr: fresh.tables.holidays.gdpr!.filter((on) => on !== '2026-12-25') },
      },
    });
    assert.deepEqual(
      [fresh.timetable.answerBy, kept.timetable.answerBy],
      [day('Mon 28 Dec 2026'), day('Fri 25 Dec 2026')],
    );
  });

  it('hold for a statute’s own list as well', async () => {
    const received = { residence: { country: 'NZ' }, receivedAt: '2026-06-15' };
    const now = '2026-06-16T00:00:00.000Z';
    const [fresh, kept] = [
      plan(received, undefined, { now }),
      plan(received, undefined, { now, tables: { holidays: { 'privacy-act-nz': [] } } }),
    ];
    assert.deepEqual(
      [fresh.timetable.answerBy, kept.timetable.answerBy],
      [day('Tue 14 Jul 2026'), day('Mon 13 Jul 2026')],
    );
  });
});

it('every date of several laws has the step and the article that lead to it', () => {
  const asked = {
    id: 'q',
    country: 'DE',
    controller: { country: 'KR' },
    receivedAt: '2026-03-02',
    events: [{ type: 'extended', at: '2026-03-09', until: '2026-06-30' }],
  } as const;
  const { dueOn, extendedDueOn, steps } = lawDue(asked);
  for (const day of [dueOn, extendedDueOn]) {
    assert.ok(
      day !== undefined && steps.some(({ to, cite }) => to === day && cite !== ''),
      `${day}: ${JSON.stringify(steps)}`,
    );
  }
});

it('an extension that does not count leaves no step that says it does', () => {
  const notice = (at: string, until?: string) => ({ type: 'extended' as const, at, until });
  const asked = { id: 'q', law: 'gdpr', country: 'FR', receivedAt: '2026-03-02' };
  const longer = (steps: readonly { readonly rule: string }[]) =>
    steps.filter(({ rule }) => rule.startsWith('Extended by')).length;
  const refused = lawDue({ ...asked, events: [notice('2026-03-20', '2026-03-25')] });
  assert.equal(refused.extendedDueOn, undefined);
  assert.equal(longer(refused.steps), 0);
  const second = lawDue({
    ...asked,
    events: [notice('2026-03-20', '2026-03-25'), notice('2026-03-21')],
  });
  assert.equal(longer(second.steps), 1);
});
