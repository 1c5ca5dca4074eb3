import type { Question } from '../spi.ts';
import type { Named } from '../../contract/profile.ts';
import type { SObjectDescription } from '../../salesforce/soql.ts';
import { emailSpellings } from '../shared/email-spelling.ts';
import { plainEmail, tellApart } from '../shared/tell-apart.ts';
import { canBeDeleted, DELETED } from './archived.ts';
import type { Person } from './find-people.ts';
import { keyOf, type PeopleObject } from './people-objects.ts';

/** Reads people in the recycle bin of an object by a condition on a list. */
export type ReadDeleted = (
  object: PeopleObject,
  description: SObjectDescription,
  condition: (list: string) => string,
  values: readonly string[],
) => Promise<Person[]>;

/** A deleted person, and the identifier that led there; none for an ID. */
interface Found {
  readonly person: Person;
  readonly by: string | undefined;
}

/**
 * People in the recycle bin with an ID or an address of the question. If several lead to one
 * person, the person comes several times.
 */
export async function deletedPeople(
  described: ReadonlyMap<PeopleObject, SObjectDescription>,
  { profiles, identifiers }: Question,
  read: ReadDeleted,
): Promise<Found[]> {
  const found: Found[] = [];
  const partyIds = [...new Set(profiles.map(({ partyId }) => partyId))].filter((id) =>
    /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(id),
  );
  for (const [object, description] of described) {
    if (!canBeDeleted(description)) continue;
    const ids = partyIds.filter((id) => id.startsWith(object.prefix));
    for (const person of await read(
      object,
      description,
      (list) => `Id IN ${list} AND ${DELETED} = true`,
      ids,
    )) {
      found.push({ person, by: undefined });
    }
    for (const { kind, name, value } of identifiers) {
      const { email } = object;
      if (
        kind !== 'email' ||
        email === null ||
        !description.fields.some((field) => field.name === email)
      ) {
        continue;
      }
      const people = await read(
        object,
        description,
        (list) => `${email} IN ${list} AND ${DELETED} = true`,
        emailSpellings(value),
      );
      found.push(
        ...people
          .filter(({ record }) => plainEmail(String(record[email])) === plainEmail(value))
          .map((person) => ({ person, by: name })),
      );
    }
  }
  return found;
}

/**
 * Which of the deleted people are the subject, each once. Those with an ID are. Those of an address
 * beyond doubt are, if they contradict neither each other nor anybody outside of the bin. They are
 * judged last, because they say nothing about the owner of records outside.
 *
 * @param people the subject's records outside of the bin
 * @param doubtful addresses that do not separate people there
 */
export function judgeDeleted(
  found: readonly Found[],
  {
    people,
    known,
    doubtful,
  }: {
    people: readonly Person[];
    known: readonly Named[];
    doubtful: ReadonlySet<string>;
  },
): { own: Person[]; withheld: { person: Person; by: string }[] } {
  const outside = new Set(people.map(keyOf));
  const left = found.filter(({ person }) => !outside.has(keyOf(person)));
  const own = new Map(
    left.filter(({ by }) => by === undefined).map(({ person }) => [keyOf(person), person]),
  );
  const tied = new Map(own);
  const sure = new Map<string, (Person & { key: string })[]>();
  const withheld = new Map<string, { person: Person; by: string }>();
  for (const { person, by } of left) {
    if (by === undefined) continue;
    if (doubtful.has(by)) withheld.set(keyOf(person), { person, by });
    else sure.set(by, [...(sure.get(by) ?? []), { ...person, key: keyOf(person) }]);
  }
  const told = tellApart(sure, {
    isTied: ({ key }) => tied.has(key),
    known: [...known, ...people, ...tied.values()],
  });
  for (const person of told.own) {
    own.set(person.key, person);
  }
  for (const { found: person, by } of told.withheld) {
    withheld.set(person.key, { person, by });
  }
  return {
    own: [...own.values()],
    withheld: [...withheld].filter(([key]) => !own.has(key)).map(([, it]) => it),
  };
}
