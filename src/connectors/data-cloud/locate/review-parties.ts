import type { ContactPoints } from '../../../contract/object-map.ts';
import type { ReviewReason } from '../../../contract/profile.ts';
import { plainEmail } from '../../shared/email-spelling.ts';
import { plainPhone } from './find-parties.ts';
import { lookUpAll, type Scope } from './individuals.ts';
import type { CheckedIdentifier, Party } from './parties.ts';
import { birthDatesDiffer, givenNames, samePerson } from '../../shared/same-person.ts';
import { quoted, unique } from '../sql.ts';

/** Why parties of one data space stop for an operator. */
export interface PartyReview {
  readonly reason: ReviewReason;
  readonly parties: readonly Party[];
  readonly note: string;
}

/**
 * What an operator must look at before anything of these parties is disclosed. Notes hold no
 * identifier's value.
 */
export async function reviewParties(
  scope: Scope,
  parties: readonly Party[],
  identifiers: readonly CheckedIdentifier[],
  isConfirmed: (party: Party) => boolean,
): Promise<PartyReview[]> {
  const rulesets =
    scope.map.rulesets.length === 0 ? ['none'] : scope.map.rulesets.map(({ id }) => id);
  const reviews: PartyReview[] = [];
  for (const ruleset of rulesets) {
    for (const { name, kind } of identifiers) {
      if (kind !== 'party-id') reviews.push(...severalPeople(parties, name, ruleset));
    }
    reviews.push(...(await contradictions(scope, parties, ruleset)));
  }
  const unclear = parties.filter((party) => party.unclear);
  if (unclear.length > 0) {
    reviews.push({
      reason: 'contradiction',
      parties: unclear,
      note:
        'One party ID stands for several individual records, and the row that led there does ' +
        'not tell which.',
    });
  }
  const unconfirmed = parties.filter((party) => !isConfirmed(party));
  if (unconfirmed.length > 0) {
    reviews.push({
      reason: 'unconfirmed-identifier',
      parties: unconfirmed,
      note:
        'Reached only by ' +
        `${listed(unique(unconfirmed.flatMap(({ reachedBy }) => [...reachedBy])))}, which is ` +
        'not confirmed.',
    });
  }
  const accounts = parties.filter(({ what }) => what === 'account');
  if (accounts.length > 0) {
    reviews.push({
      reason: 'account-contact-point',
      parties: accounts,
      note: 'A contact point of an account, which several people may share.',
    });
  }
  return reviews.filter(
    (review, index) =>
      reviews.findIndex(
        (other) => other.reason === review.reason && sameSet(other.parties, review.parties),
      ) === index,
  );
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'a unified individual' : names.join(', ');
const sameSet = (a: readonly Party[], b: readonly Party[]): boolean =>
  a.length === b.length && a.every((party) => b.includes(party));

/**
 * An identifier that leads to several people: several unified individuals, or one and a profile
 * that is not surely the same person.
 */
function severalPeople(
  parties: readonly Party[],
  identifier: string,
  ruleset: string,
): PartyReview[] {
  const direct = parties.filter(
    ({ reachedBy, what }) => reachedBy.has(identifier) && what !== 'account',
  );
  const unified = unique(direct.flatMap((party) => [...(party.unified.get(ruleset) ?? [])]));
  const linked = parties.filter((party) =>
    unified.some((id) => party.unified.get(ruleset)?.has(id)),
  );
  const unlinked = direct.filter((party) => !linked.includes(party));
  const where = ruleset === 'none' ? '' : ` in ruleset ${ruleset}`;
  const all = unique([...linked, ...unlinked]);
  if (unified.length > 1) {
    return [
      {
        reason: 'several-unified-individuals',
        parties: all,
        note: `${identifier} leads to ${unified.length} unified individuals${where}.`,
      },
    ];
  }
  const people = [...(unified.length > 0 ? [linked] : []), ...unlinked.map((party) => [party])];
  const [first, ...others] = people;
  if (first === undefined || others.every((other) => isSamePerson(first, other))) return [];
  return [
    {
      reason: 'several-unified-individuals',
      parties: all,
      note: `${identifier} leads to profiles${where} that are not surely one person.`,
    },
  ];
}

function isSamePerson(known: readonly Party[], other: readonly Party[]): boolean {
  const [ours, theirs] = [
    known.flatMap(({ records }) => records),
    other.flatMap(({ records }) => records),
  ];
  return (
    theirs.length > 0 &&
    theirs.every(
      (record) =>
        ours.some((it) => samePerson(it, record)) &&
        !ours.some((it) => birthDatesDiffer(it, record)),
    )
  );
}

/**
 * Profiles of one unified individual that can hardly be one person: resolution rules can merge a
 * parent and a child.
 */
async function contradictions(
  scope: Scope,
  parties: readonly Party[],
  ruleset: string,
): Promise<PartyReview[]> {
  const reviews: PartyReview[] = [];
  for (const id of unique(parties.flatMap((party) => [...(party.unified.get(ruleset) ?? [])]))) {
    const members = parties.filter((party) => party.unified.get(ruleset)?.has(id));
    const pairs = members.flatMap((one, index) =>
      members
        .slice(index + 1)
        .flatMap((other) =>
          one.records.flatMap((a) => other.records.map((b) => ({ one, other, a, b }))),
        ),
    );
    const repeated = members.flatMap(({ records }) =>
      records.flatMap((a, index) => records.slice(index + 1).map((b) => ({ a, b }))),
    );
    if ([...pairs, ...repeated].some(({ a, b }) => birthDatesDiffer(a, b))) {
      reviews.push({
        reason: 'contradiction',
        parties: members,
        note: 'Profiles of one unified individual have different birth dates.',
      });
    } else if ([...pairs, ...repeated].some(({ a, b }) => givenNames(a, b) === 'different')) {
      reviews.push({
        reason: 'contradiction',
        parties: members,
        note: 'Profiles of one unified individual have different given names.',
      });
    } else {
      const alike = pairs.filter(({ a, b }) => givenNames(a, b) === 'alike');
      if (alike.length > 0) {
        const points = await contactPointsOf(
          scope,
          unique(alike.flatMap(({ one, other }) => [one, other])),
        );
        const apart = alike.some(
          ({ one, other }) =>
            ![...(points.get(one) ?? [])].some((point) => points.get(other)?.has(point)),
        );
        if (apart) {
          reviews.push({
            reason: 'contradiction',
            parties: members,
            note: 'Profiles of one unified individual differ in given name and in every contact point.',
          });
        }
      }
    }
  }
  return reviews;
}

/** E-mail addresses and phone numbers of parties, in the form for comparison. */
async function contactPointsOf(
  scope: Scope,
  parties: readonly Party[],
): Promise<ReadonlyMap<Party, ReadonlySet<string>>> {
  const found = new Map<Party, Set<string>>(parties.map((party) => [party, new Set()]));
  const add = async (points: ContactPoints | null, plain: (value: string) => string) => {
    if (points === null) return;
    const columns = [
      quoted(points.party.field),
      points.party.keyQualifier === null ? "''" : quoted(points.party.keyQualifier),
      ...points.values.map(quoted),
    ];
    for (const [partyId, keyQualifier, ...values] of await lookUpAll(
      scope,
      columns,
      points.object,
      points.party,
      unique(parties.map((party) => party.partyId)),
    )) {
      for (const party of parties) {
        if (party.partyId === partyId && party.keyQualifier === keyQualifier) {
          for (const value of values) {
            if (value !== '') found.get(party)?.add(plain(value));
          }
        }
      }
    }
  };
  await add(scope.map.emails, plainEmail);
  await add(scope.map.phones, plainPhone);
  return found;
}
