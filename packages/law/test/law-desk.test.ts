import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidRequest } from '../src/model/invalid-request.ts';
import {
  lawDue,
  lawDueAll,
  lawText,
  listLaws,
  planDates,
  resolveLaw,
  showLaw,
  type DatedRequest,
  type DatesQuestion,
} from '../src/index.ts';

describe('the law of a request', () => {
  const found: readonly (readonly [Parameters<typeof resolveLaw>[0], string])[] = [
    [{ law: 'pipa', country: 'JP' }, 'appi'],
    [{ law: 'pipa', country: 'KR' }, 'pipa-kr'],
    [{ law: 'PIPA', country: 'JP' }, 'appi'],
    [{ law: 'gdpr' }, 'gdpr'],
    [{ country: 'DE' }, 'gdpr'],
    [{ country: 'NO' }, 'gdpr'],
    [{ country: 'RE' }, 'gdpr'],
    [{ country: 'GB' }, 'uk-gdpr'],
    [{ country: 'JP' }, 'appi'],
    [{ country: 'KR' }, 'pipa-kr'],
    [{ country: 'AU' }, 'privacy-act-au'],
    [{ country: 'CA' }, 'pipeda'],
    [{ country: 'CA', region: 'ON' }, 'pipeda'],
    [{ country: 'CA', region: 'QC' }, 'quebec-law-25'],
    [{ country: 'CA', region: 'CA-QC' }, 'quebec-law-25'],
    [{ country: 'US', region: 'CA' }, 'ccpa'],
    [{ country: 'US', region: 'VA' }, 'us-state'],
    [{ country: 'BR' }, 'lgpd'],
    [{ country: 'CH' }, 'fadp'],
    [{ country: 'NZ' }, 'privacy-act-nz'],
    [{ country: 'ZA' }, 'popia'],
    [{ country: 'SG' }, 'pdpa-sg'],
  ];
  for (const [question, law] of found) {
    it(`${JSON.stringify(question)} is ${law}`, async () =>
      assert.deepEqual(resolveLaw(question), { law }));
  }

  const refused: readonly (readonly [Parameters<typeof resolveLaw>[0], string, RegExp])[] = [
    [{ law: 'pipa' }, 'law', /several statutes.*JP.*appi.*KR.*pipa-kr/],
    [{ law: 'pipa', country: 'DE' }, 'law', /no statute of DE/],
    [{ law: 'pipa', country: 'CA', region: 'BC' }, 'law', /provincial statute/],
    [{ law: 'pipa', country: 'BM' }, 'law', /Bermuda/],
    [{ law: 'dpdp' }, 'law', /known are appi, ccpa/],
    [{}, 'law', /known are/],
    [{ country: 'IN' }, 'country', /names no period.*AT, AU/],
    [{ country: 'UK' }, 'country', /ISO 3166.*GB/],
    [{ country: 'de' }, 'country', /ISO 3166/],
    [{ country: 'XX', law: 'gdpr' }, 'country', /ISO 3166/],
    [{ country: 'US' }, 'region', /state decides/],
    [{ country: 'CA', region: 'XX' }, 'region', /ISO 3166-2.*QC/],
    [{ country: 'DE', region: 'Berlin' }, 'region', /BE/],
    [{ country: 'CN' }, 'country', /no law of CN/],
  ];
  for (const [question, path, reason] of refused) {
    it(`${JSON.stringify(question)} is refused at ${path}`, async () => {
      const answer = resolveLaw(question);
      assert.ok('path' in answer);
      assert.equal(answer.path, path);
      assert.match(answer.reason, reason);
    });
  }
});

describe('a question that has no answer', () => {
  const good = { id: 'q', law: 'gdpr', country: 'DE', receivedAt: '2026-06-01' };
  const cases: readonly (readonly [string, Record<string, unknown>, string, RegExp])[] = [
    ['has an impossible day', { receivedAt: '2025-02-30' }, 'receivedAt', /real day/],
    ['has an impossible instant', { receivedAt: '2025-02-30T10:00:00Z' }, 'receivedAt', /real day/],
    [
      'has an instant without an offset',
      { receivedAt: '2026-06-01T10:00:00' },
      'receivedAt',
      /offset/,
    ],
    ['has no day of receipt', { receivedAt: undefined }, 'receivedAt', /./],
    ['has no ID', { id: undefined }, 'id', /./],
    ['has a key that is unknown', { recievedAt: '2026-06-01' }, 'recievedAt', /not known/],
    ['names an unknown law', { law: 'gpdr' }, 'law', /known are/],
    ['names a place that is no country', { country: 'EU' }, 'country', /ISO 3166/],
    ['names a country outside the law', { country: 'JP' }, 'country', /JP is not under gdpr/],
    ['names an unknown region', { region: 'ZZ' }, 'region', /ISO 3166-2/],
    [
      'names a country by a word that every object knows',
      { country: 'constructor', region: 'BE' },
      'country',
      /ISO 3166/,
    ],
    ['names a law without end', { law: 'x'.repeat(100_000) }, 'law', /^.{0,80}200 characters/],
    ['names an unknown zone', { timeZone: 'Europe/Bonn' }, 'timeZone', /IANA/],
    [
      'came before the law',
      { receivedAt: '2018-05-24' },
      'receivedAt',
      /in force since 2018-05-25/,
    ],
    ['asks for a right of another name', { right: 'erasure' }, 'right', /access.*portability/],
    [
      'asks for a right that the law does not know',
      { law: 'appi', country: 'JP', right: 'portability' },
      'right',
      /Art\. 33/,
    ],
    [
      'asks for Canada’s portability',
      { law: 'pipeda', country: 'CA', right: 'portability' },
      'right',
      /not in force/,
    ],
    [
      'asks for Quebec’s portability too early',
      { law: 'quebec-law-25', country: 'CA', right: 'portability', receivedAt: '2024-09-21' },
      'right',
      /22 September 2024/,
    ],
    [
      'has an unknown event',
      { events: [{ type: 'paused', at: '2026-06-02' }] },
      'events[0].type',
      /identityRequested/,
    ],
    [
      'has an event on no day',
      { events: [{ type: 'extended', at: '2026-06-31' }] },
      'events[0].at',
      /real day/,
    ],
    [
      'has an event before receipt',
      { events: [{ type: 'extended', at: '2026-05-31' }] },
      'events[0].at',
      /before the day of receipt/,
    ],
    [
      'has an answer before its question',
      {
        events: [
          { type: 'identityRequested', at: '2026-06-09' },
          { type: 'identityVerified', at: '2026-06-02' },
        ],
      },
      'events[1]',
      /out of order/,
    ],
    [
      'has an answer without a question',
      { events: [{ type: 'clarificationReceived', at: '2026-06-09' }] },
      'events[0]',
      /clarificationRequested/,
    ],
    [
      'has an end before its beginning',
      { events: [{ type: 'extended', at: '2026-06-09', until: '2026-06-08' }] },
      'events[0].until',
      /before the event/,
    ],
    [
      'names California under the other states',
      { law: 'us-state', country: 'US', region: 'CA' },
      'region',
      /ccpa/,
    ],
    [
      'names a state without an act',
      { law: 'us-state', country: 'US', region: 'NY' },
      'region',
      /known are .*VA/,
    ],
    ['leaves the state out', { law: 'us-state', country: 'US' }, 'region', /must be given/],
    [
      'names a state before its act',
      { law: 'us-state', country: 'US', region: 'MD', receivedAt: '2025-09-30' },
      'receivedAt',
      /2025-10-01/,
    ],
    [
      'names Texas under California’s act',
      { law: 'ccpa', country: 'US', region: 'TX' },
      'region',
      /holds in CA/,
    ],
  ];
  for (const [rule, change, path, reason] of cases) {
    it(rule, async () =>
      assert.rejects(
        async () => lawDue({ ...good, ...change }),
        (error) => {
          assert.ok(error instanceof InvalidRequest);
          assert.equal(error.complaints[0]?.path, path);
          assert.match(error.complaints[0].reason, reason);
          return true;
        },
      ),
    );
  }

  it('stands beside those that have one, with its place and ID', async () => {
    const [one, two, three] = lawDueAll([
      { ...good, id: 'a' },
      { ...good, id: 'b', receivedAt: '2025-02-30' },
      7,
    ]);
    assert.ok(
      one !== undefined &&
        'dueOn' in one &&
        two !== undefined &&
        'error' in two &&
        three !== undefined &&
        'error' in three,
    );
    assert.deepEqual(
      [two.id, two.error.complaints[0]?.path, three.id, three.error.complaints[0]?.path],
      ['b', '[1].receivedAt', null, '[2]'],
    );
    assert.match(two.error.message, /"b".*\[1\]\.receivedAt/);
  });

  for (const list of [{}, null, 'gdpr']) {
    it(`is ${JSON.stringify(list)}, for it is no array`, async () =>
      assert.rejects(async () => lawDueAll(list), InvalidRequest));
  }
});

describe('the order of events', () => {
  it('is that of time, not that of the list', async () => {
    const events = [
      { type: 'identityVerified', at: '2026-09-09' },
      { type: 'identityRequested', at: '2026-09-02' },
    ];
    assert.equal(
      lawDue({ id: 'q', country: 'NL', receivedAt: '2026-09-01', events }).dueOn,
      '2026-10-08',
    );
  });

  it('is that of the hours on one day', async () => {
    const events = [
      { type: 'identityVerified', at: '2026-09-02T12:00:00Z' },
      { type: 'identityRequested', at: '2026-09-02T09:00:00Z' },
    ];
    assert.equal(
      lawDue({ id: 'q', country: 'NL', receivedAt: '2026-09-01', events }).dueOn,
      '2026-10-01',
    );
  });

  it('counts events on the days of the law’s zone', async () => {
    const events = [
      { type: 'identityRequested', at: '2026-09-01T22:30:00Z' },
      { type: 'identityVerified', at: '2026-09-08T22:30:00Z' },
    ];
    assert.equal(
      lawDue({ id: 'q', country: 'NL', receivedAt: '2026-09-01T10:00:00Z', events }).dueOn,
      '2026-10-08',
    );
  });
});

describe('planning', () => {
  const input: DatedRequest = {
    type: 'access',
    residence: { country: 'DE' },
    receivedAt: '2026-06-01T09:00:00Z',
  };
  const plan = (change: Partial<DatedRequest>, more: Partial<DatesQuestion> = {}) =>
    planDates({
      request: { ...input, ...change },
      events: [],
      policy: { cutOff: '3d' },
      now: '2026-06-01T10:00:00.000Z',
      ...more,
    });

  const cases: readonly (readonly [string, Partial<DatedRequest>, string])[] = [
    ['an unknown law', { law: 'gpdr' }, 'law'],
    ['an unknown country', { residence: { country: 'XX' } }, 'residence.country'],
    ['an unknown region', { residence: { country: 'US', region: 'ZZ' } }, 'residence.region'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    [
      'a right that the law does not know',
      { residence: { country: 'AU' }, type: 'portability' },
      'type',
    ],
    ['a receipt in the future', { receivedAt: '2026-06-01T10:06:00Z' }, 'receivedAt'],
    ['a day in the future', { receivedAt: '2026-06-02' }, 'receivedAt'],
    ['a receipt before the law', { receivedAt: '2017-01-01' }, 'receivedAt'],
    ['neither law nor residence', { residence: undefined }, 'law'],
  ];
  for (const [what, change, path] of cases) {
    it(`refuses ${what} at ${path}`, async () =>
      assert.rejects(
        async () => plan(change),
        (error) =>
          error instanceof InvalidRequest &&
          error.complaints[0]?.path === path &&
          error.complaints[0].reason !== '',
      ));
  }

  it('takes a receipt five minutes ahead of its own clock', async () =>
    assert.equal(plan({ receivedAt: '2026-06-01T10:05:00Z' }).receivedOn, '2026-06-01'));

  it('takes today where today has begun already', async () =>
    assert.equal(
      plan(
        { residence: { country: 'NZ' }, receivedAt: '2026-06-02' },
        { now: '2026-06-01T13:00:00.000Z' },
      ).receivedOn,
      '2026-06-02',
    ));

  it('lets events that do not fit move nothing', async () => {
    const { timetable } = plan(
      {},
      {
        events: [
          { type: 'identityVerified', at: '2026-06-03' },
          { type: 'clarificationRequested', at: '2026-05-01' },
          { type: 'extended', at: '2026-08-01' },
        ],
      },
    );
    assert.deepEqual([timetable.answerBy, timetable.extension.used], ['2026-07-01', false]);
  });

  for (const [country, until] of [
    ['CH', '2026-07-10'],
    ['CH', '2026-07-13'],
    ['DE', '2026-07-10'],
    ['DE', '2026-07-13'],
  ] as const) {
    it(`takes no extension to ${until} where the answer is due on the 13th anyway, in ${country}`, async () => {
      const asked = { residence: { country }, receivedAt: '2026-06-11' };
      const { timetable } = plan(asked, {
        now: '2026-06-11T10:00:00.000Z',
        events: [{ type: 'extended', at: '2026-07-08', until }],
      });
      assert.deepEqual([timetable.answerBy, timetable.extension.used], ['2026-07-13', false]);
    });
  }

  it('looks at the controller’s holidays and clock where the law does', async () => {
    const here = plan({
      residence: { country: 'AT' },
      receivedAt: '2026-03-03T22:30:00Z',
      law: 'gdpr',
    });
    const there = plan(
      { residence: { country: 'AT' }, receivedAt: '2026-03-03T22:30:00Z', law: 'gdpr' },
      { controller: { country: 'FI' } },
    );
    assert.deepEqual(
      [here.receivedOn, here.timetable.timeZone, there.receivedOn, there.timetable.timeZone],
      ['2026-03-03', 'Europe/Vienna', '2026-03-04', 'Europe/Helsinki'],
    );
    assert.deepEqual(
      [there.timetable.answerBy, there.timetable.plannedOn],
      ['2026-04-07', '2026-04-03'],
    );
  });

  it('answers a person elsewhere under the controller’s law', async () => {
    const { law, timetable } = plan(
      { law: 'gdpr', residence: { country: 'US', region: 'NY' } },
      { controller: { country: 'DE' } },
    );
    assert.deepEqual([law, timetable.timeZone], ['gdpr', 'Europe/Berlin']);
  });

  it('does not let a controller elsewhere change the law’s clock', async () => {
    assert.equal(
      plan({ residence: { country: 'JP' } }, { controller: { country: 'DE' } }).timetable.timeZone,
      'Asia/Tokyo',
    );
  });

  it('says that no country was given', async () => {
    const { notes, timetable } = plan({ law: 'gdpr', residence: undefined });
    assert.match(notes.join(), /No country/);
    assert.equal(timetable.answerBy, '2026-07-01');
  });

  it('names the law in words', async () =>
    assert.equal(plan({}).lawTitle, 'General Data Protection Regulation'));
});

describe('the register', () => {
  it('lists every law with the day since which it is known', async () => {
    const laws = listLaws();
    assert.deepEqual(
      laws.map(({ id }) => id),
      [
        'appi',
        'ccpa',
        'fadp',
        'gdpr',
        'lgpd',
        'pdpa-sg',
        'pipa-kr',
        'pipeda',
        'popia',
        'privacy-act-au',
        'privacy-act-nz',
        'quebec-law-25',
        'uk-gdpr',
        'us-state',
      ],
    );
    assert.equal(laws.find(({ id }) => id === 'gdpr')?.inForceSince, '2018-05-25');
  });

  it('shows what one state says', async () => {
    const text = lawText(showLaw('us-state', 'US', 'VA'));
    assert.match(text, /Virginia/);
    assert.doesNotMatch(text, /Texas/);
  });

  for (const [law, country] of [
    ['pipa', undefined],
    ['gpdr', undefined],
    ['gdpr', 'JP'],
    ['gdpr', 'XX'],
  ] as const) {
    it(`has no page for ${law}${country ? ` in ${country}` : ''}`, async () =>
      assert.rejects(async () => showLaw(law, country), InvalidRequest));
  }
});
