import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { RequestInput } from '../../src/contract/request.ts';
import type { RequestStatus } from '../../src/contract/status.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { countsIn, findings, manifestOf, opened } from '../support/evidence.ts';
import { expectedMarkers, personSeed, together } from '../support/seeds.ts';
import { openWorld, type World } from '../support/world.ts';

const merged = 'test/seeds/merged-parent-and-child.json';
const seeds = {
  DANA: personSeed('DANA', 'test/seeds/unconfirmed-second-email.json'),
  PAULA: personSeed('PAULA', merged),
  PIA: personSeed('PIA', 'test/seeds/merged-without-birth-dates.json', {
    '00001Paula': '00002Paula',
    'WEB-51': 'WEB-61',
    'SO-51': 'SO-61',
    '000000000011': '000000000111',
    'paula.stein': 'pia.stein',
    'timo.stein': 'tom.stein',
  }),
  INES: personSeed('INES', 'test/seeds/household.json'),
  NILS: personSeed('NILS', 'test/seeds/two-data-spaces.json'),
  VERA: personSeed('VERA', 'test/seeds/clean-two-data-spaces.json'),
  MONA: personSeed('MONA', 'test/seeds/same-id-two-sources.json'),
  MARTA: personSeed('MARTA', 'test/seeds/shared-email.json'),
};
type Person = keyof typeof seeds;
const demo = JSON.parse(readFileSync('samples/seed-demo.json', 'utf8')) as Seed;
const own = (person: string) => new RegExp(`\\b${person}-OWN-\\d{4}\\b`, 'g');
const others = (person: string) =>
  new RegExp(`\\b(?:OTHER|SHARED|AMBIGUOUS)-\\d{4}\\b|\\b(?!${person}-)[A-Z]+-OWN-\\d{4}\\b`);

describe('nothing of other people', () => {
  let world: World;
  before(async () => {
    world = await openWorld({
      seed: together([...Object.values(seeds), demo]),
      salesforce: { dataSpaces: ['default', 'brand_b'] },
      systems: [
        {
          id: 'crm',
          connector: 'core-crm',
          dataSources: ['Salesforce_Home', 'Web_Shop', 'Brand_B_Shop', 'Acme_Mail', 'Acme_Ads'],
        },
      ],
    });
  });
  after(() => world?.stop());

  const delivered = async (requestId: string) => {
    const status = await world.reaches(requestId, 'delivered');
    return { status, entries: await opened(status.package) };
  };
  const included = ({ profiles }: RequestStatus) =>
    profiles
      .filter(({ state }) => state === 'exported')
      .map(({ dataSpace, partyId, keyQualifier }) => `${dataSpace} ${partyId} ${keyQualifier}`)
      .sort();
  const escalations = ({ notices }: RequestStatus) =>
    notices.filter(({ kind }) => kind === 'escalation').map(({ note }) => note);

  const doubtful: readonly {
    person: Person;
    of: string;
    subject: RequestInput['subject'];
    identity?: RequestInput['identity'];
    clear: readonly string[];
    theirs: readonly string[];
    without?: RegExp;
  }[] = [
    {
      person: 'DANA',
      of: 'whoever has a second e-mail address that is not confirmed',
      identity: { confirmed: ['emails[0]'] },
      subject: { emails: ['dana.kerr@example.com', 'd.kerr@example.org'] },
      clear: ['003Ts00001DanaKAAA', 'WEB-501'],
      theirs: ['003Ts00001DanaKAAA', 'WEB-501'],
    },
    {
      person: 'PAULA',
      of: 'a child that resolution merged with its parent, born on another day',
      subject: { emails: ['paula.stein@example.com'] },
      clear: [],
      theirs: ['003Ts00001PaulaAAA', 'WEB-511'],
      without: /PAULA-OWN-0006/,
    },
    {
      person: 'PIA',
      of: 'a child that resolution merged with its parent, birth dates unknown',
      subject: { emails: ['pia.stein@example.com'] },
      clear: [],
      theirs: ['003Ts00002PaulaAAA', 'WEB-611'],
      without: /PIA-OWN-0006/,
    },
    {
      person: 'INES',
      of: 'a household whose address the subject gives',
      subject: { emails: ['ines.prado@example.com', 'prado.household@example.com'] },
      clear: ['003Ts00001InesPAAA'],
      theirs: ['003Ts00001InesPAAA'],
    },
    {
      person: 'MARTA',
      of: 'a couple that shares one e-mail address',
      subject: { emails: ['family@example.com'] },
      clear: [],
      theirs: ['WEB-561'],
    },
  ];
  for (const { person, of, subject, identity, clear, theirs, without } of doubtful) {
    it(`stands in the package: ${of}`, async () => {
      const ids = [`${person}-SILENT`, `${person}-DECIDED`];
      for (const requestId of ids) {
        await world.start({ requestId, subject, ...(identity && { identity }) });
      }
      for (const requestId of ids) {
        await world.until(requestId, ({ waitingOn }) => waitingOn.includes('operator:match'));
      }

      await world.pass(`${person}-SILENT`, 29);
      const silent = await delivered(`${person}-SILENT`);
      assert.deepEqual(
        silent.status.gaps.map(({ system, because }) => `${system} ${because}`),
        ['data-cloud not-reviewed'],
      );
      assert.deepEqual(
        included(silent.status).map((it) => it.split(' ')[1]),
        clear,
      );
      assert.deepEqual(findings(silent.entries, others(person)), []);

      const { profiles } = await world.status(`${person}-DECIDED`);
      const decisions = profiles.map(({ partyId, dataSpace, keyQualifier }) => ({
        partyId,
        dataSpace,
        keyQualifier,
        include: theirs.includes(partyId),
        reason: 'the birth date was checked',
      }));
      await world.order(`${person}-DECIDED`, 'decideMatch', { decisions, by: 'operator' });
      const decided = await delivered(`${person}-DECIDED`);
      assert.deepEqual(decided.status.gaps, []);
      assert.deepEqual(
        included(decided.status).map((it) => it.split(' ')[1]),
        theirs,
      );
      assert.deepEqual(findings(decided.entries, others(person)), []);
      const wanted = Object.entries(expectedMarkers(seeds[person], own(person))).filter(
        ([marker]) => without?.test(marker) !== true,
      );
      assert.deepEqual(countsIn(decided.entries, own(person)), Object.fromEntries(wanted));
      if (theirs.length === clear.length) {
        assert.deepEqual(countsIn(silent.entries, own(person)), Object.fromEntries(wanted));
      }
    });
  }

  it(
    'stands in a package that nobody looked at: two confirmed addresses, or an address and an ' +
      'ID, that lead to two people',
    async () => {
      const ways = {
        'TWO-1': { emails: ['ines.prado@example.com', 'vera.moreau@example.com'] },
        'TWO-2': { emails: ['vera.moreau@example.com'], partyIds: ['003Ts00001InesPAAA'] },
      };
      for (const [requestId, subject] of Object.entries(ways)) {
        await world.start({ requestId, subject, identity: 'confirmed' });
      }
      for (const requestId of Object.keys(ways)) {
        const { waits, profiles } = await world.until(requestId, ({ waitingOn }) =>
          waitingOn.includes('operator:match'),
        );
        assert.match(
          waits.find(({ on }) => on === 'operator:match')?.reason ?? '',
          /4 profile\(s\).*not surely one person/,
        );
        const decisions = profiles.map(({ partyId, dataSpace, keyQualifier }) => ({
          partyId,
          dataSpace,
          keyQualifier,
          include: !partyId.includes('Ines'),
          reason: 'Ines did not ask',
        }));
        await world.order(requestId, 'decideMatch', { decisions, by: 'operator' });
        const { status, entries } = await delivered(requestId);
        assert.equal(included(status).length, 3);
        assert.deepEqual(findings(entries, others('VERA')), []);
      }
    },
  );

  const clean: readonly {
    person: Person;
    who: string;
    email: string;
    profiles: number;
    gaps: readonly string[];
  }[] = [
    {
      person: 'INES',
      who: 'of a household of two',
      email: 'ines.prado@example.com',
      profiles: 1,
      gaps: [],
    },
    {
      person: 'NILS',
      who: 'whose IDs are other people’s in another data space',
      email: 'nils.berg@example.com',
      profiles: 2,
      gaps: [],
    },
    {
      person: 'VERA',
      who: 'of two data spaces',
      email: 'vera.moreau@example.com',
      profiles: 3,
      gaps: [],
    },
    {
      person: 'MONA',
      who: 'who shares an ID with somebody of another source',
      email: 'mona.hart@example.com',
      profiles: 1,
      gaps: ['data-cloud ambiguous-rows'],
    },
  ];
  for (const { person, who, email, profiles, gaps } of clean) {
    it(`passes without review and gets every own row once: a customer ${who}`, async () => {
      await world.start({ requestId: `${person}-CLEAN`, subject: { emails: [email] } });
      const { status, entries } = await delivered(`${person}-CLEAN`);
      assert.deepEqual(escalations(status), []);
      assert.equal(included(status).length, profiles);
      assert.deepEqual(
        status.gaps.map(({ system, because }) => `${system} ${because}`),
        gaps,
      );
      assert.deepEqual(
        manifestOf(entries).gaps.map(({ system, because }) => `${system} ${because}`),
        gaps,
      );
      assert.deepEqual(findings(entries, others(person)), []);
      assert.deepEqual(countsIn(entries, own(person)), expectedMarkers(seeds[person], own(person)));
    });
  }

  it('lists what is reached only through a household, and leaves it out', async () => {
    const { entries } = await delivered('INES-CLEAN');
    const listed = (
      JSON.parse(entries.get('datapackage.json')?.toString('utf8') ?? '') as {
        dossier: { notIncluded: { object: string }[] };
      }
    ).dossier.notIncluded.map(({ object }) => object);
    for (const object of ['HouseholdSubscription__dlm', 'ssot__Household__dlm']) {
      assert.ok(listed.includes(object), `${object} among ${listed.join(', ')}`);
    }
  });

  it(
    'gives Ana of the demo all of hers and nothing of her household, of who shares her ID, or ' +
      'of anybody else',
    async () => {
      await world.start({ requestId: 'ANA', subject: { emails: ['ana.lima@example.com'] } });
      const { status, entries } = await delivered('ANA');
      assert.deepEqual(escalations(status), []);
      const markers = [
        ...JSON.stringify(demo).matchAll(/"ssot__ExternalRecordId__c":"([A-Z-]+-\d{4})"/g),
      ].map(([, marker = '']) => marker);
      const strangers = markers.filter((marker) => !marker.startsWith('ANA-'));
      assert.ok(strangers.length > 200);
      const every = Buffer.concat([...entries.values()]).toString('utf8');
      assert.deepEqual(
        strangers.filter((marker) => every.includes(marker)),
        [],
      );
      assert.deepEqual(
        findings(
          entries,
          /\b(RUI|VIKTOR|MARTA|JOAO|LENA|CLAIRE)-[A-Z0-9]+|rui\.lima|viktor\.novak/,
        ),
        [],
      );
      assert.deepEqual(findings(entries, others('NOBODY')), []);
      assert.deepEqual(
        countsIn(entries, /\bANA-\d{4}\b/g),
        expectedMarkers(demo, /\bANA-\d{4}\b/g),
      );
      assert.equal(included(status).length, 5);
    },
  );
});
