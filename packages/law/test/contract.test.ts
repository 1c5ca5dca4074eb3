import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, calendarDate } from '../src/calendar/days.ts';
import { InvalidRequest } from '../src/model/invalid-request.ts';
import type { Edition, Law, Right } from '../src/model/law.ts';
import { countryComplaint, regionComplaint, stateOf, zoneOf } from '../src/choice/places.ts';
import { lawDue, lawText, LAWS, printCitation, showLaw } from '../src/index.ts';
import { HOLIDAYS } from '../src/calendar/holiday-tables.ts';
import { EXAMPLES } from './examples.ts';

const RIGHTS: readonly Right[] = ['access', 'portability'];
const laws = LAWS;
const holidays = HOLIDAYS;
const outOf = (text: string) => text.trim() !== '' && !/\bTODO\b|\[V:|\[M/.test(text);

/** Everything an edition says, as (what, cite). */
function said({
  answer,
  lateStart,
  pauses,
  extension,
  roll,
  workingDays,
  acknowledge,
  refusal,
  identity,
  fee,
  rights,
}: Edition): readonly (readonly [string, string])[] {
  const held = RIGHTS.map((right) => rights[right]).flatMap((it) => ('absent' in it ? [] : [it]));
  return [
    answer,
    ...lateStart,
    ...pauses,
    ...(workingDays ? [workingDays] : []),
    ...(acknowledge ? [acknowledge] : []),
    refusal,
    identity,
    fee,
    ...held,
  ]
    .map(({ rule, cite }) => [rule, printCitation(cite)] as const)
    .concat(
      [extension, roll].map((it) => ['absent' in it ? it.absent : it.rule, printCitation(it.cite)]),
    );
}

const scopeOf = ({ countries, regions, entity }: Edition) =>
  JSON.stringify([countries, regions, entity]);
const placeOf = (law: Law, edition: Edition) => ({
  country: (edition.countries ?? law.countries)[0]!,
  region: (edition.regions ?? law.regions)?.[0],
});

for (const [id, law] of laws) {
  describe(`the law ${id}`, () => {
    it('has three worked examples or more', () => assert.ok((EXAMPLES.get(id)?.length ?? 0) >= 3));

    it('cites the words of every rule', () => {
      for (const edition of law.editions) {
        for (const [what, cite] of said(edition)) {
          assert.ok(outOf(what) && outOf(cite), `${what} [${cite}]`);
        }
      }
    });

    it('names sources with an address and the day on which they were read', () => {
      assert.ok(law.sources.length > 0);
      for (const { what, url, readOn } of law.sources) {
        assert.ok(
          outOf(what) && /^https?:\/\//.test(url) && calendarDate(readOn) >= '2026-01-01',
          url,
        );
      }
    });

    it('holds in real countries and regions, whose clocks are known', () => {
      for (const country of law.countries) {
        assert.deepEqual(countryComplaint(country, ''), []);
        for (const edition of law.editions.filter(
          (it) => it.countries === undefined || it.countries.includes(country),
        )) {
          for (const region of edition.regions ?? law.regions ?? [undefined]) {
            assert.deepEqual(
              regionComplaint({ country, ...(region !== undefined && { region }) }, ''),
              [],
            );
            assert.ok(
              zoneOf({ country, ...(region !== undefined && { region }) }) !== undefined,
              `${country}-${region}`,
            );
          }
        }
      }
    });

    it('names an authority in every country', async () => {
      for (const country of law.countries) {
        const { authority } = showLaw(id, country);
        assert.ok(
          authority !== null && outOf(authority.name) && authority.web.startsWith('https://'),
          country,
        );
      }
    });

    it('has holiday data wherever its periods roll over them', () => {
      const rolls = law.editions.some(
        ({ roll }) =>
          !('absent' in roll) && (roll.holidays === 'nation-wide' || roll.holidays === 'place'),
      );
      if (rolls) {
        for (const country of law.countries) {
          assert.ok(holidays.has(stateOf(country).toLowerCase()), country);
        }
      }
    });

    it('has one edition for each day since it is in force, and none before', () => {
      for (const scope of new Set(law.editions.map(scopeOf))) {
        const inOrder = law.editions
          .filter((edition) => scopeOf(edition) === scope)
          .toSorted((a, b) => (a.from < b.from ? -1 : 1));
        inOrder.forEach(({ to }, index) =>
          assert.equal(to && addDays(to, 1), inOrder[index + 1]?.from),
        );
      }
    });

    it('is refused on the day before it was in force, with that day', async () => {
      for (const edition of law.editions) {
        const { country, region } = placeOf(law, edition);
        const first = law.editions
          .filter((it) => it.countries === edition.countries && it.regions === edition.regions)
          .map(({ from }) => from)
          .toSorted()[0]!;
        const ask = (receivedAt: string) =>
          lawDue({ id: 'edge', law: id, country, region, entity: edition.entity, receivedAt });
        assert.equal(ask(first).receivedOn, first);
        await assert.rejects(
          async () => ask(addDays(first, -1)),
          (error: InvalidRequest) =>
            error.complaints[0]?.path === 'receivedAt' && error.message.includes(first),
        );
      }
    });

    it('answers for every right that it knows, and says which exists instead of one that it does not', async () => {
      for (const edition of law.editions) {
        for (const right of RIGHTS) {
          const question = {
            id: 'right',
            law: id,
            ...placeOf(law, edition),
            entity: edition.entity,
            right,
            receivedAt: edition.to ?? (edition.from > '2026-01-01' ? edition.from : '2026-06-01'),
          };
          const held = edition.rights[right];
          if (!('absent' in held)) assert.ok(lawDue(question).dueOn > question.receivedAt);
          else {
            await assert.rejects(
              async () => lawDue(question),
              (error: InvalidRequest) =>
                error.complaints[0]?.path === 'right' &&
                /The right that exists .*access/.test(error.message),
            );
          }
        }
      }
    });

    it('gives steps from the day of receipt, each with its article', async () => {
      for (const edition of law.editions) {
        const { steps, receivedOn } = lawDue({
          id: 'steps',
          law: id,
          ...placeOf(law, edition),
          entity: edition.entity,
          receivedAt: edition.from,
        });
        assert.equal(steps[0]?.from, receivedOn);
        for (const { rule, cite, from, to } of steps) {
          assert.ok(outOf(rule) && outOf(cite) && calendarDate(from) <= calendarDate(to));
        }
      }
    });

    it(
      'has a page that a lawyer can read: title, rules, articles, authority, what is left to ' +
        'people, sources',
      async () => {
        const page = showLaw(id, law.countries[0]);
        const flat = (text: string) => text.replace(/\s+/g, ' ');
        const text = flat(lawText(page));
        for (const part of [
          law.title,
          printCitation(law.citation),
          page.authority!.name,
          ...law.leftToPeople,
          ...law.sources.map(({ url }) => url),
          ...page.editions.flatMap(({ lines }) => lines.map(({ cite }) => cite)),
        ]) {
          assert.ok(text.includes(flat(part)), part);
        }
        assert.ok(law.leftToPeople.length > 0);
        for (const edition of law.editions) {
          const { answer, lateStart, pauses, extension, roll, refusal } = edition;
          const ofRules = [answer, ...lateStart, ...pauses, extension, roll, refusal].flatMap(
            (it) => ('doubt' in it && it.doubt !== undefined ? [it.doubt] : []),
          );
          const shown =
            edition.regions === undefined ||
            edition.countries !== undefined ||
            law.regions !== undefined
              ? [...edition.doubts, ...ofRules]
              : [];
          for (const doubt of shown) {
            assert.ok(text.includes(flat(doubt)), doubt);
          }
        }
        assert.match(text, /Names and addresses are to be checked/);
        for (const line of lawText(page).split('\n')) {
          assert.ok(line.length <= 96 || /^ *\S+$/.test(line), line);
        }
      },
    );
  });
}
