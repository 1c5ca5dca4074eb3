import type { MatchReview } from '../../../contract/profile.ts';
import { samePerson } from '../../shared/same-person.ts';
import { identityOf } from './individuals.ts';
import type { CheckedIdentifier, Party } from './parties.ts';

/** A party, the data space that it was found in, and whether a confirmed identifier leads to it. */
export interface Placed {
  readonly party: Party;
  readonly dataSpace: string;
  readonly confirmed: boolean;
}

/**
 * Stops everybody if the confirmed identifiers lead to people who are not surely one. Otherwise a
 * person who gets a second identifier counted as confirmed would get the other person's data.
 *
 * Two parties are one person if they are one record, or if a ruleset unifies them. So are two with
 * the same full name, if no birth date contradicts it. Within a data space, one identifier ties the
 * parties that it leads to, because `reviewParties` looks at them; across data spaces it ties none.
 * An account's contact point is no person, and is reviewed by itself. So are parties that only an
 * unconfirmed identifier leads to.
 */
export function reviewAcross(all: readonly Placed[]): MatchReview[] {
  const people = all.filter(({ party, confirmed }) => confirmed && party.what !== 'account');
  const groups = groupsOf(people);
  if (groups.length < 2) return [];
  const led = [...new Set(people.flatMap(({ party }) => [...party.reachedBy]))];
  const note =
    `${led.join(', ')} ${led.length === 1 ? 'leads' : 'lead'} to ${groups.length} people who ` +
    'are not surely one person.';
  return spacesOf(people).map((dataSpace) => ({
    reason: 'several-people',
    dataSpace,
    profiles: indexesOf(all, people, dataSpace),
    note,
  }));
}

/**
 * Stops parties that only IDs lead to: a customer number is no secret, and counts as confirmed as
 * soon as a form says so.
 */
export function reviewIdOnly(
  all: readonly Placed[],
  identifiers: readonly CheckedIdentifier[],
): MatchReview[] {
  const contacts = new Set(
    identifiers
      .filter(({ kind, confirmed }) => confirmed && (kind === 'email' || kind === 'phone'))
      .map(({ name }) => name),
  );
  const people = all.filter(({ confirmed }) => confirmed);
  if (people.some(({ party }) => [...party.reachedBy].some((name) => contacts.has(name)))) {
    return [];
  }
  const note =
    'Only IDs lead there, and no confirmed e-mail address or phone number: an ID can be ' +
    'guessed, or read on an invoice.';
  return spacesOf(people).map((dataSpace) => ({
    reason: 'id-only',
    dataSpace,
    profiles: indexesOf(all, people, dataSpace),
    note,
  }));
}

const spacesOf = (people: readonly Placed[]): string[] => [
  ...new Set(people.map(({ dataSpace }) => dataSpace)),
];
const indexesOf = (
  all: readonly Placed[],
  people: readonly Placed[],
  dataSpace: string,
): number[] =>
  all.flatMap((it, index) => (it.dataSpace === dataSpace && people.includes(it) ? [index] : []));

/** The parties by person. */
function groupsOf(people: readonly Placed[]): Placed[][] {
  const groups: { keys: Set<string>; members: Placed[] }[] = [];
  for (const one of people) {
    const keys = keysOf(one);
    const tied = groups.filter(
      (group) =>
        keys.some((key) => group.keys.has(key)) ||
        group.members.some((other) => isSame(one, other)),
    );
    const [first = { keys: new Set<string>(), members: [] }, ...others] = tied;
    for (const group of others) {
      first.members.push(...group.members);
      for (const key of group.keys) {
        first.keys.add(key);
      }
      groups.splice(groups.indexOf(group), 1);
    }
    first.members.push(one);
    for (const key of keys) {
      first.keys.add(key);
    }
    if (tied.length === 0) groups.push(first);
  }
  return groups.map(({ members }) => members);
}

function keysOf({ party, dataSpace }: Placed): string[] {
  return [
    `record ${identityOf(party)}`,
    ...[...party.reachedBy].map((name) => `identifier ${dataSpace} ${name}`),
    ...[...party.unified].flatMap(([ruleset, ids]) =>
      [...ids].map((id) => `unified ${dataSpace} ${ruleset} ${id}`),
    ),
  ];
}

const isSame = ({ party: one }: Placed, { party: other }: Placed): boolean =>
  one.records.some((a) => other.records.some((b) => samePerson(a, b)));
