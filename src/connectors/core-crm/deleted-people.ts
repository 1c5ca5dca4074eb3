import type { Question } from '../../domain/connector.ts';
import type { SObjectDescription } from '../../salesforce/soql.ts';
import { emailSpellings } from '../shared/email-spelling.ts';
import { plainEmail } from '../shared/tell-apart.ts';
import { canBeDeleted, DELETED } from './archived.ts';
import type { Person } from './find-people.ts';
import type { PeopleObject } from './people-objects.ts';

/** Reads people of an object by a condition on a list, those in the recycle bin too. */
export type ReadPeople = (object: PeopleObject, description: SObjectDescription, condition: (list: string) => string, values: readonly string[]) => Promise<Person[]>;

/**
 * People in the recycle bin: those with an ID or an address of the question. They say nothing about whose the records outside of the bin
 * are, so they are looked for last, and judged by these.
 */
export async function deletedPeople(described: ReadonlyMap<PeopleObject, SObjectDescription>, { profiles, identifiers }: Question, read: ReadPeople): Promise<{ person: Person; by: string }[]> {
  const found: { person: Person; by: string }[] = [];
  const partyIds = [...new Set(profiles.map(({ partyId }) => partyId))].filter((id) => /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(id));
  for (const [object, description] of described) {
    if (!canBeDeleted(description)) continue;
    const ids = partyIds.filter((id) => id.startsWith(object.prefix));
    for (const person of await read(object, description, (list) => `Id IN ${list} AND ${DELETED} = true`, ids)) found.push({ person, by: 'a profile' });
    for (const { kind, name, value } of identifiers) {
      const { email } = object;
      if (kind !== 'email' || email === null) continue;
      const people = await read(object, description, (list) => `${email} IN ${list} AND ${DELETED} = true`, emailSpellings(value));
      found.push(...people.filter(({ record }) => plainEmail(String(record[email])) === plainEmail(value)).map((person) => ({ person, by: name })));
    }
  }
  return found;
}
