import type { Question } from '../spi.ts';
import type { Named } from '../../contract/profile.ts';
import type { Identifier } from '../../contract/request.ts';
import { plainEmail, emailSpellings } from './email-spelling.ts';
import { contradict, samePerson } from './same-person.ts';

export { plainEmail } from './email-spelling.ts';

/**
 * The subject's confirmed e-mail addresses, each once in every spelling: several entries may have
 * one name.
 */
export function emailsOf({ identifiers }: Pick<Question, 'identifiers'>): Identifier[] {
  const addresses = [
    ...new Map(
      identifiers.filter(({ kind }) => kind === 'email').map((it) => [plainEmail(it.value), it]),
    ).values(),
  ];
  return addresses.flatMap((it) => emailSpellings(it.value).map((value) => ({ ...it, value })));
}

/**
 * Characters of a Salesforce ID. Many sources give shorter IDs, such as customer numbers, to
 * different people.
 */
const UNMISTAKABLE = 15;

/** Whether an ID belongs to nobody else, whichever source it comes from. */
const isUnmistakable = (id: string): boolean => id.length >= UNMISTAKABLE;

const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A Salesforce ID in its other spelling too. It has 15 characters, whose case counts, or 18, of
 * which the last three say which of the others are capitals.
 *
 * @see Salesforce Object Reference, "ID Field Type"; read 2026-11
 */
export function spellingsOf(id: string): readonly string[] {
  const [, short, told] = /^([A-Za-z0-9]{15})([A-Z0-5]{3})?$/.exec(id) ?? [];
  if (short === undefined) return [id];
  const check = [0, 5, 10]
    .map(
      (start) =>
        CHECK[
          short
            .slice(start, start + 5)
            .split('')
            .reduce((sum, letter, place) => sum + (/[A-Z]/.test(letter) ? 2 ** place : 0), 0)
        ],
    )
    .join('');
  if (told === undefined) return [id, `${id}${check}`];
  return told === check ? [id, short] : [id];
}

/**
 * IDs that surely identify the subject's records in a cloud: party IDs from its own data sources,
 * and party IDs and external IDs that no source gives twice.
 */
export function tyingIds(
  { profiles, identifiers }: Pick<Question, 'profiles' | 'identifiers'>,
  dataSources: readonly string[],
): Set<string> {
  const ids = [
    ...profiles
      .filter(
        ({ partyId, dataSource }) => dataSources.includes(dataSource) || isUnmistakable(partyId),
      )
      .map(({ partyId }) => partyId),
    ...identifiers
      .filter(
        ({ kind, value }) =>
          (kind === 'party-id' || kind === 'external-id') && isUnmistakable(value),
      )
      .map(({ value }) => value),
  ];
  return new Set(ids.flatMap(spellingsOf));
}

/** A record that an e-mail address led to. `key` identifies it among the cloud's records. */
export interface Candidate extends Named {
  readonly key: string;
}

/**
 * The owners of records. `withheld`: may be somebody else's, found by the identifier of this name.
 * `doubtful`: addresses that led to such.
 */
export interface ToldApart<Found extends Candidate> {
  readonly own: readonly Found[];
  readonly withheld: readonly { readonly found: Found; readonly by: string }[];
  readonly doubtful: ReadonlySet<string>;
}

/**
 * Which of the records found by e-mail address are the subject's.
 *
 * A record tied by an ID always counts. The others of an address count, unless one contradicts
 * another record of that address, a tied one, or what is known of the subject. Then they could
 * belong to anybody in that household, and all of them are withheld. So are those of two addresses
 * that lead to different people.
 *
 * @param found by the name of the identifier that led there
 */
export function tellApart<Found extends Candidate>(
  found: ReadonlyMap<string, readonly Found[]>,
  { isTied, known }: { isTied: (candidate: Found) => boolean; known: readonly Named[] },
): ToldApart<Found> {
  const all = [...found.values()].flat();
  const tied = all.filter(isTied);
  const own = new Map(tied.map((it) => [it.key, it]));
  const withheld = new Map<string, { found: Found; by: string }>();
  const doubtful = new Set<string>();
  const untied = new Map(
    [...found].map(([by, candidates]) => [by, candidates.filter((it) => !isTied(it))]),
  );
  for (const [by, others] of untied) {
    if (
      others.some((one) =>
        [...known, ...tied, ...(found.get(by) ?? [])].some((other) => contradict(one, other)),
      )
    ) {
      doubtful.add(by);
    }
  }
  for (const by of differentPeople(
    new Map([...untied].filter(([by]) => !doubtful.has(by))),
    known,
  )) {
    doubtful.add(by);
  }
  for (const [by, others] of untied) {
    for (const it of others) {
      if (!doubtful.has(by)) own.set(it.key, it);
    }
  }
  for (const [by, others] of untied) {
    for (const it of others) {
      if (doubtful.has(by)) withheld.set(it.key, { found: it, by });
    }
  }
  return {
    own: [...own.values()],
    withheld: [...withheld.values()].filter(({ found: { key } }) => !own.has(key)),
    doubtful,
  };
}

/**
 * The addresses whose records contradict those of another address. Otherwise a person who gets a
 * second address counted as confirmed would get the other person's records. An address is beyond
 * doubt if all its records carry the name that is known of the subject; then only the other is
 * doubtful.
 *
 * @param found records by the name of the address that led there
 */
export function differentPeople(
  found: ReadonlyMap<string, readonly Named[]>,
  known: readonly Named[],
): Set<string> {
  const isKnown = (records: readonly Named[]) =>
    records.every((one) => known.some((other) => samePerson(one, other)));
  const apart = [...found].filter(([by, records]) =>
    [...found].some(
      ([other, others]) =>
        other !== by && records.some((a) => others.some((b) => contradict(a, b))),
    ),
  );
  return new Set(apart.filter(([, records]) => !isKnown(records)).map(([by]) => by));
}
