import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, daysBetween } from '@dossier/law';
import { workflowIdOf } from '../../src/contract/contract.ts';
import type { CalendarDate } from '@dossier/law';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus, Timetable } from '../../src/contract/status.ts';
import { dayIn } from '@dossier/law';
import { lawDue } from '@dossier/law';
import { timeOf } from '../../src/temporal/local-server/skip-time.ts';
import { lettersOf, shownAlike } from '../support/evidence.ts';
import { openWorld, type World } from '../support/world.ts';
import { personWithVisits } from './people.ts';

const DAY = 86_400_000;
let world: World;
let newer = false;

const aDayLater = (timetable: Timetable): Timetable => ({
  ...timetable,
  answerBy: addDays(timetable.answerBy, 1),
  dueAt: new Date(Date.parse(timetable.dueAt) + DAY).toISOString() as Timetable['dueAt'],
});

before(async () => {
  world = await openWorld({
    seed: personWithVisits({ email: 'vera@example.com', partyId: 'VERA', visits: 3 }),
    systems: [{ id: 'acme-mail', connector: 'manual', instructions: 'Ask privacy@acme.example.' }],
    policy: { systems: ['acme-mail'] },
    change: (parts) => ({
      ...parts,
      planDates: (question) => {
        const dates = parts.planDates(question);
        return newer && question.tables === undefined
          ? { ...dates, timetable: aDayLater(dates.timetable) }
          : dates;
      },
    }),
  });
});
after(() => world?.stop());

const start = async (
  requestId: string,
  input: Partial<RequestInput> = {},
): Promise<RequestStatus> => {
  await world.start({
    requestId,
    subject: { emails: ['vera@example.com'] },
    language: 'en',
    ...input,
  });
  return world.until(requestId, ({ waits }) => waits.length > 0, 'a wait');
};
const today = async (requestId: string): Promise<CalendarDate> => {
  const { now } = await timeOf(world.server.connection, {
    namespace: world.server.namespace,
    workflowId: workflowIdOf(requestId),
  });
  return dayIn(
    new Date(now).toISOString(),
    (await world.status(requestId)).timetable?.timeZone ?? 'UTC',
  );
};
const answerBy = (status: RequestStatus): CalendarDate =>
  status.timetable?.answerBy ?? '0000-00-00';
const moved = (requestId: string, from: RequestStatus) =>
  world.until(requestId, (status) => answerBy(status) !== answerBy(from), 'another answer date');
const due = async (
  law: string,
  country: string,
  status: RequestStatus,
  events: readonly {
    type: string;
    at: string;
    until?: string;
  }[],
  region?: string,
) => {
  const { dueOn, extendedDueOn } = lawDue({
    id: 'q',
    law,
    country,
    region,
    receivedAt: status.receivedOn,
    events,
  });
  return extendedDueOn ?? dueOn;
};

describe('the clock of a request under the GDPR', () => {
  it('stands while identity is open, and goes on with the answer', async () => {
    const asked = await start('G-1', { identity: 'required' });
    const askedOn = await today('G-1');
    await world.pass('G-1', 5);
    await world.signal('G-1', 'identityConfirmed', { method: 'code', by: 'form' });
    const status = await moved('G-1', asked);
    const provenOn = await today('G-1');
    assert.equal(
      answerBy(status),
      await due('gdpr', 'DE', status, [
        { type: 'identityRequested', at: askedOn },
        { type: 'identityVerified', at: provenOn },
      ]),
    );
    assert.equal(
      status.timetable?.steps.some(({ cite }) => cite.includes('Art. 12(6)')),
      true,
    );
    assert.ok(
      (await shownAlike(world, 'G-1')).waits.every(
        ({ until }) => until === null || until <= status.timetable!.cutOffAt,
      ),
    );
  });

  it('stands while the subject clarifies, and moves the cut-off on which a vendor is waited for', async () => {
    const asked = await start('G-2');
    const on = asked.receivedOn!;
    await world.pass('G-2', 6);
    await world.signal('G-2', 'clarificationRequested', { at: addDays(on, 1), by: 'privacy team' });
    await world.signal('G-2', 'clarificationReceived', {
      at: addDays(on, 5),
      note: 'the shop alone',
      by: 'privacy team',
    });
    const status = await moved('G-2', asked);
    assert.equal(
      answerBy(status),
      await due('gdpr', 'DE', status, [
        { type: 'clarificationRequested', at: addDays(on, 1) },
        { type: 'clarificationReceived', at: addDays(on, 5) },
      ]),
    );
    const waiting = await world.until(
      'G-2',
      ({ waits, timetable }) =>
        waits.some(
          ({ on: system, until }) => system === 'acme-mail' && until === timetable?.cutOffAt,
        ),
      'a wait until the new cut-off',
    );
    assert.deepEqual(
      waiting.notices.filter(({ kind }) => kind === 'clarification').map(({ to }) => to),
      ['subject', 'operator'],
    );
  });

  it('is extended for a reason of the law, once, and by a notice that was sent', async () => {
    const first = await start('G-3');
    const busy = await world.refusal('G-3', 'extendDeadline', {
      reason: 'we are busy',
      by: 'privacy team',
    });
    assert.deepEqual(
      [
        busy.type,
        /GDPR Art\. 12\(3\).*allowed are: the complexity of the requests; the number of the requests/.test(
          busy.message,
        ),
      ],
      ['not-allowed', true],
    );
    const written = await world.order('G-3', 'extendDeadline', {
      reason: 'Complex',
      by: 'privacy team',
    });
    assert.equal(answerBy(written), answerBy(first));
    const extended = await due('gdpr', 'DE', first, [{ type: 'extended', at: first.receivedOn! }]);
    const letter =
      Object.entries(await lettersOf(world, 'G-3')).find(([name]) =>
        name.endsWith('-extension.md'),
      )?.[1] ?? '';
    assert.match(letter, /the complexity of the request[^]*GDPR Art\. 12\(3\)/);
    assert.ok(
      letter.includes(
        new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
          new Date(extended),
        ),
      ),
    );
    const status = await world.order('G-3', 'extendDeadline', {
      reason: 'Complex',
      noticeSentAt: first.receivedOn,
      by: 'privacy team',
    });
    assert.deepEqual([answerBy(status), status.timetable?.extension.used], [extended, true]);
    const twice = await world.refusal('G-3', 'extendDeadline', {
      reason: 'complex',
      noticeSentAt: first.receivedOn,
      by: 'privacy team',
    });
    assert.match(twice.message, /once \(GDPR Art\. 12\(3\)/);
  });

  it('keeps every reminder and the cut-off when it is extended while a vendor is silent', async () => {
    const status = await world.status('G-3');
    const reminded = status.systems.find(({ id }) => id === 'acme-mail')?.reminders ?? 0;
    await world.pass('G-3', daysBetween(await today('G-3'), answerBy(status)) - 1);
    const delivered = await world.reaches('G-3', 'delivered');
    assert.ok(
      delivered.gaps.some(({ system, because }) => system === 'acme-mail' && because === 'overdue'),
    );
    assert.equal(delivered.overdue, false);
    assert.equal(delivered.systems.find(({ id }) => id === 'acme-mail')?.reminders, reminded + 3);
    const last = delivered.notices
      .filter(({ kind, to }) => kind === 'reminder' && to === 'acme-mail')
      .at(-1);
    assert.equal(last && dayIn(last.at, 'Europe/Berlin'), status.timetable?.vendorsBy);
    const escalations = delivered.notices.filter(
      ({ kind, note }) => kind === 'escalation' && note.startsWith('acme-mail has not answered'),
    );
    assert.deepEqual(
      escalations.map(({ at }) => dayIn(at, 'Europe/Berlin')),
      [addDays(status.timetable!.vendorsBy, 1)],
    );
    assert.ok(
      delivered.package!.deliveredAt! >= status.timetable!.cutOffAt &&
        delivered.package!.deliveredAt! < status.timetable!.dueAt,
    );
  });

  it('refuses an extension after the last day for its notice, with the article', async () => {
    const asked = await start('G-4', { policy: { reviewPackage: true, systems: ['acme-mail'] } });
    await world.pass('G-4', daysBetween(await today('G-4'), asked.timetable!.extendBy!) + 1);
    const late = await world.refusal('G-4', 'extendDeadline', {
      reason: 'complex',
      by: 'privacy team',
    });
    assert.match(
      late.message,
      new RegExp(`announced by ${asked.timetable!.extendBy} \\(GDPR Art\\. 12\\(3\\)`),
    );
  });

  it(
    'tells a subject who has not proven identity the day of the refusal, which an extension ' +
      'does not move',
    async () => {
      const asked = await start('G-5', { identity: 'required' });
      const { refuseBy } = asked.timetable!;
      const extended = await world.order('G-5', 'extendDeadline', {
        reason: 'Complex',
        noticeSentAt: asked.receivedOn,
        by: 'privacy team',
      });
      assert.ok(answerBy(extended) > refuseBy && extended.timetable?.refuseBy === refuseBy);
      await world.pass('G-5', daysBetween(await today('G-5'), refuseBy) - 2);
      const inWords = new Intl.DateTimeFormat('en-GB', {
        dateStyle: 'long',
        timeZone: 'UTC',
      }).format(new Date(refuseBy));
      const reminder =
        Object.entries(await lettersOf(world, 'G-5')).find(([name]) =>
          name.endsWith('-reminder.md'),
        )?.[1] ?? '';
      assert.ok(reminder.includes(`before **${inWords}**`), reminder);
      await world.pass('G-5', 3);
      assert.equal((await world.reaches('G-5', 'refused')).notices.at(-1)?.kind, 'refusal');
    },
  );

  it('says on every timer what it waits for', async () => {
    for (const requestId of ['G-1', 'G-2', 'G-3', 'G-4']) {
      const { events } = await world.client.workflow
        .getHandle(workflowIdOf(requestId))
        .fetchHistory();
      const timers = (events ?? []).filter((event) => event.timerStartedEventAttributes);
      assert.ok(timers.length > 2);
      assert.deepEqual(timers.filter(({ userMetadata }) => !userMetadata?.summary).length, 0);
    }
  });

  async function reasonsOf(requestId: string): Promise<string[]> {
    const { events } = await world.client.workflow
      .getHandle(workflowIdOf(requestId))
      .fetchHistory();
    const { payloadConverter, payloadCodecs } = world.client.options.loadedDataConverter;
    let summaries = (events ?? []).flatMap(({ timerStartedEventAttributes, userMetadata }) =>
      timerStartedEventAttributes && userMetadata?.summary ? [userMetadata.summary] : [],
    );
    for (const codec of payloadCodecs.toReversed()) {
      summaries = await codec.decode(summaries);
    }
    return summaries.map((summary) => payloadConverter.fromPayload<string>(summary));
  }

  it('names on a timer that was moved by an extension the new day', async () => {
    const said = await reasonsOf('G-3');
    const { timetable } = await world.status('G-3');
    const cutOffs = said.filter((text) => text.startsWith('cut-off on '));
    assert.equal(new Set(cutOffs).size, 2, cutOffs.join('; '));
    assert.equal(
      cutOffs.at(-1),
      `cut-off on ${dayIn(timetable!.cutOffAt, 'Europe/Berlin')}: what is missing becomes a gap`,
    );
    assert.ok(
      said.some((text) => text === `answer by ${timetable!.answerBy}`),
      said.join('; '),
    );
  });

  it('tells a timer that asks again from the one that ends a wait', async () => {
    const said = await reasonsOf('G-5');
    const { timetable } = await world.status('G-5');
    assert.ok(
      said.some((text) => text.startsWith('operator:identity: ask again, ')),
      said.join('; '),
    );
    assert.equal(
      said.filter((text) => text.startsWith('operator:identity: ')).at(-1),
      `operator:identity: refused, nothing is packaged, ${timetable!.refuseBy}`,
    );
  });
});

describe('the clock under the UK GDPR', () => {
  it('begins anew with the answer about identity', async () => {
    const uk = {
      law: 'uk-gdpr',
      residence: { country: 'GB', region: 'ENG' },
      identity: 'required',
    } as const;
    const asked = await start('U-1', uk);
    const askedOn = await today('U-1');
    await world.pass('U-1', 9);
    await world.signal('U-1', 'identityConfirmed', { method: 'code', by: 'form' });
    const status = await moved('U-1', asked);
    assert.equal(
      answerBy(status),
      await due(
        'uk-gdpr',
        'GB',
        status,
        [
          { type: 'identityRequested', at: askedOn },
          { type: 'identityVerified', at: await today('U-1') },
        ],
        'ENG',
      ),
    );
    assert.match(
      (
        await world.refusal('U-1', 'extendDeadline', {
          reason: 'staff shortage',
          by: 'privacy team',
        })
      ).message,
      /UK GDPR Art\. 12A\(3\)/,
    );
  });
});

describe('the clock under the CCPA', () => {
  it('stops for nobody, and has receipt confirmed in time', async () => {
    const asked = await start('C-1', {
      law: 'ccpa',
      residence: { country: 'US', region: 'CA' },
      identity: 'required',
    });
    const by = asked.timetable!.acknowledgeBy!;
    await world.pass('C-1', daysBetween(await today('C-1'), by));
    await world.signal('C-1', 'identityConfirmed', { method: 'code', by: 'form' });
    const status = await world.until('C-1', ({ stage }) => stage === 'collecting', 'collecting');
    assert.equal(answerBy(status), answerBy(asked));
    const reminder = status.notices.find(
      ({ note }) => note === `Receipt is confirmed to the subject by ${by}.`,
    );
    assert.ok(reminder !== undefined && dayIn(reminder.at, 'America/Los_Angeles') <= by);
    assert.match(Object.values(await lettersOf(world, 'C-1')).join('\n'), /11 CCR § 7021\(a\)/);
  });

  it('is extended for any reason that the notice gives', async () => {
    const asked = await world.status('C-1');
    const status = await world.order('C-1', 'extendDeadline', {
      reason: 'our archive is slow',
      noticeSentAt: await today('C-1'),
      by: 'privacy team',
    });
    assert.equal(answerBy(status), addDays(asked.receivedOn!, 90));
  });
});

describe('the clock under other laws', () => {
  it('PIPEDA: does not stop for a clarification, and takes a shorter extension that its notice names', async () => {
    const asked = await start('P-1', { law: 'pipeda', residence: { country: 'CA', region: 'ON' } });
    await world.pass('P-1', 4);
    await world.signal('P-1', 'clarificationRequested', {
      at: addDays(asked.receivedOn!, 1),
      by: 'privacy team',
    });
    await world.signal('P-1', 'clarificationReceived', {
      at: addDays(asked.receivedOn!, 3),
      by: 'privacy team',
    });
    await world.until(
      'P-1',
      ({ notices }) => notices.filter(({ kind }) => kind === 'clarification').length === 2,
      'both notices',
    );
    assert.equal(answerBy(await world.status('P-1')), answerBy(asked));
    const until = addDays(answerBy(asked), 10);
    assert.match(
      (
        await world.refusal('P-1', 'extendDeadline', {
          reason: 'consultations',
          until: addDays(answerBy(asked), 90),
          by: 'privacy team',
        })
      ).message,
      /at the latest \(PIPEDA s 8\(4\)\)/,
    );
    const status = await world.order('P-1', 'extendDeadline', {
      reason: 'consultations',
      until,
      noticeSentAt: await today('P-1'),
      by: 'privacy team',
    });
    assert.deepEqual([answerBy(status), status.timetable?.extension.used], [until, true]);
  });

  it('FADP: takes the day that the controller names, and none that is no later', async () => {
    const asked = await start('S-1', { law: 'fadp', residence: { country: 'CH' } });
    assert.match(
      (
        await world.refusal('S-1', 'extendDeadline', {
          reason: 'archive',
          until: answerBy(asked),
          by: 'privacy team',
        })
      ).message,
      /names a later day \(DSV Art\. 18\(2\)\)/,
    );
    const until = addDays(answerBy(asked), 47);
    await world.order('S-1', 'extendDeadline', { reason: 'archive', until, by: 'privacy team' });
    const status = await world.order('S-1', 'extendDeadline', {
      reason: 'archive',
      noticeSentAt: await today('S-1'),
      by: 'privacy team',
    });
    assert.equal(answerBy(status), until);
  });

  it('FADP: begins after the ten days to reconsider a fee', async () => {
    const asked = await start('S-2', { law: 'fadp', residence: { country: 'CH' } });
    await world.pass('S-2', 5);
    await world.signal('S-2', 'feeRequested', {
      at: addDays(asked.receivedOn!, 1),
      note: 'CHF 200',
      by: 'privacy team',
    });
    await world.signal('S-2', 'feePaid', { at: addDays(asked.receivedOn!, 4), by: 'privacy team' });
    const status = await moved('S-2', asked);
    assert.equal(
      answerBy(status),
      await due('fadp', 'CH', status, [
        { type: 'feeRequested', at: addDays(asked.receivedOn!, 1) },
        { type: 'feePaid', at: addDays(asked.receivedOn!, 4) },
      ]),
    );
  });

  it('PIPA: takes a notice of today where today has begun in Korea alone', async () => {
    const asked = await start('K-1', { law: 'pipa-kr', residence: { country: 'KR' } });
    const { now } = await timeOf(world.server.connection, {
      namespace: world.server.namespace,
      workflowId: workflowIdOf('K-1'),
    });
    await world.pass('K-1', ((18 * 3_600_000 + DAY - (now % DAY)) / DAY) % 1 || 1);
    const on = await today('K-1');
    const status = await world.order('K-1', 'extendDeadline', {
      reason: 'the archive is being moved',
      noticeSentAt: on,
      by: 'privacy team',
    });
    assert.ok(answerBy(status) > answerBy(asked));
    assert.match(
      (
        await world.refusal('U-1', 'extendDeadline', {
          reason: 'complex',
          noticeSentAt: addDays(await today('U-1'), 1),
          by: 'privacy team',
        })
      ).message,
      /future/,
    );
  });

  it('APPI: knows no extension, and says so with the article', async () => {
    await start('A-1', { law: 'appi', residence: { country: 'JP' } });
    assert.match(
      (await world.refusal('A-1', 'extendDeadline', { reason: 'complex', by: 'privacy team' }))
        .message,
      /allows no extension \(APPI Art\. 33\(2\)\)/,
    );
  });
});

describe('a request is planned anew', () => {
  it('never by itself to a later day, and only as far as an operator accepts what was shown', async () => {
    const asked = await start('R-1');
    const nothing = await world.order('R-1', 'replan', { by: 'privacy team' });
    assert.deepEqual([nothing.replan?.state, nothing.replan?.changes], ['unchanged', []]);
    assert.match(
      (await world.refusal('R-1', 'replan', { accept: true, by: 'privacy team' })).message,
      /nothing to accept/,
    );
    newer = true;
    try {
      await world.signal('R-1', 'clarificationRequested', {
        at: asked.receivedOn,
        by: 'privacy team',
      });
      await world.signal('R-1', 'clarificationReceived', {
        at: asked.receivedOn,
        by: 'privacy team',
      });
      await world.until(
        'R-1',
        ({ notices }) => notices.filter(({ kind }) => kind === 'clarification').length === 2,
        'both notices',
      );
      const shown = await world.order('R-1', 'replan', { by: 'privacy team' });
      const later = addDays(answerBy(asked), 1);
      assert.deepEqual(
        [answerBy(shown), shown.replan?.state, shown.replan?.changes],
        [answerBy(asked), 'proposed', [{ date: 'answerBy', from: answerBy(asked), to: later }]],
      );
      const accepted = await world.order('R-1', 'replan', { accept: true, by: 'privacy team' });
      assert.deepEqual([answerBy(accepted), accepted.replan?.state], [later, 'accepted']);
      await shownAlike(world, 'R-1');
    } finally {
      newer = false;
    }
  });

  it('when its law, residence or day of receipt is corrected, and tells the subject', async () => {
    const asked = await start('R-2');
    const earlier = addDays(asked.receivedOn!, -3);
    const corrected = await world.order('R-2', 'correctRequest', {
      receivedAt: earlier,
      reason: 'the stamp',
      by: 'privacy team',
    });
    assert.deepEqual(
      [corrected.receivedOn, answerBy(corrected)],
      [earlier, await due('gdpr', 'DE', corrected, [])],
    );
    assert.match(
      corrected.notes.join(),
      new RegExp(
        `Corrected by privacy team \\(the stamp\\): received ${asked.receivedOn} → ${earlier}`,
      ),
    );
    const japan = await world.order('R-2', 'correctRequest', {
      law: 'appi',
      residence: { country: 'JP' },
      by: 'privacy team',
    });
    assert.deepEqual([japan.law, answerBy(japan)], ['appi', addDays(japan.receivedOn!, 14)]);
    await shownAlike(world, 'R-2');
    assert.equal(
      Object.keys(await lettersOf(world, 'R-2')).filter((name) =>
        name.endsWith('-acknowledgement.md'),
      ).length,
      3,
    );
  });

  it('not where no law would hold, nor with nothing to correct, nor after delivery', async () => {
    const nowhere = await world.refusal('R-2', 'correctRequest', {
      residence: { country: 'DE' },
      by: 'privacy team',
    });
    assert.deepEqual(
      [nowhere.type, /DE is not under appi/.test(nowhere.message)],
      ['not-allowed', true],
    );
    assert.equal(
      (await world.refusal('R-2', 'correctRequest', { by: 'privacy team' })).type,
      'invalid-input',
    );
    assert.match(
      (
        await world.refusal('R-2', 'correctRequest', {
          receivedAt: '2199-01-01',
          by: 'privacy team',
        })
      ).message,
      /future/,
    );
    assert.match(
      (
        await world.refusal('G-3', 'correctRequest', {
          receivedAt: '2026-01-01',
          by: 'privacy team',
        })
      ).message,
      /before its package is made/,
    );
    assert.match(
      (await world.refusal('G-3', 'replan', { by: 'privacy team' })).message,
      /no dates to plan anew/,
    );
  });
});
