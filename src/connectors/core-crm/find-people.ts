import { SystemFailure } from '../../domain/failure.ts';
import type { Question } from '../../domain/connector.ts';
import type { Named } from '../../domain/profile.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { contradict } from '../shared/same-person.ts';
import { plainEmail } from '../shared/tell-apart.ts';
import { PEOPLE, shortId, type PeopleObject } from './people-objects.ts';

export interface CrmScope { readonly salesforce: Salesforce; readonly system: string; readonly signal: AbortSignal; readonly onPage: () => void }

/** A record of the core org that is the subject, or may be. */
export interface Person extends Named { readonly object: PeopleObject['name']; readonly id: string; readonly record: SObjectRecord }

/** The subject's records; those that an e-mail address leads to but that may be somebody else's; objects that cannot be seen. */
export interface FoundPeople { readonly people: readonly Person[]; readonly withheld: readonly { readonly person: Person; readonly by: string }[]; readonly hidden: readonly string[] }

/**
 * The subject's contacts, leads, person accounts, users and individuals.
 *
 * A record counts whose ID is an included profile's party ID, and one with a confirmed e-mail address. Where records that share an
 * address contradict each other or what is known of the subject, only those tied by ID count.
 *
 * @param known what Data Cloud says of the included profiles
 */
export async function findPeople(scope: CrmScope, question: Question, known: readonly Named[]): Promise<FoundPeople> {
  const { described, hidden } = await describePeople(scope);
  const read = (object: PeopleObject, description: SObjectDescription, condition: (list: string) => string, values: readonly string[]) => readPeople(scope, object, description, condition, values);

  const partyIds = [...new Set(question.profiles.map(({ partyId }) => partyId))];
  const tied: Person[] = [];
  for (const [object, description] of described) tied.push(...(await peopleById(scope, object, description, partyIds)));

  const people = new Map(tied.map((person) => [keyOf(person), person]));
  const withheld: { person: Person; by: string }[] = [];
  for (const { name, kind, value } of question.identifiers) {
    if (kind !== 'email') continue;
    const found: Person[] = [];
    for (const [object, description] of described) if (object.email !== null) found.push(...(await read(object, description, (list) => `${object.email} IN ${list}`, [value.trim()])).filter(({ record }) => plainEmail(text(record[object.email ?? ''])) === plainEmail(value)));
    const others = found.filter((person) => !people.has(keyOf(person)));
    const doubtful = others.some((person) => [...known, ...tied, ...found].some((other) => contradict(person, other)));
    if (doubtful) withheld.push(...others.map((person) => ({ person, by: name })));
    else for (const person of others) people.set(keyOf(person), person);
  }

  for (const { person, by } of await tiedPeople(scope, described, [...people.values()])) {
    if (people.has(keyOf(person))) continue;
    if ([...known, ...people.values()].some((other) => contradict(person, other))) withheld.push({ person, by });
    else people.set(keyOf(person), person);
  }
  const left = withheld.filter(({ person }, index) => !people.has(keyOf(person)) && withheld.findIndex((it) => keyOf(it.person) === keyOf(person)) === index);
  return { people: [...people.values()], withheld: left, hidden };
}

const keyOf = ({ object, id }: Person): string => `${object} ${shortId(id)}`;

/** Descriptions of the objects that hold people here; the company may have no person accounts or no individuals. */
async function describePeople({ salesforce, system, signal }: CrmScope): Promise<{ described: Map<PeopleObject, SObjectDescription>; hidden: string[] }> {
  const described = new Map<PeopleObject, SObjectDescription>();
  const hidden: string[] = [];
  for (const object of PEOPLE) {
    try {
      const description = await salesforce.describe(object.name, { system, signal });
      const isPersonAccountsOff = object.name === 'Account' && !description.fields.some(({ name }) => name === 'IsPersonAccount');
      if (description.queryable && !isPersonAccountsOff) described.set(object, description);
    } catch (error) {
      if (!(error instanceof SystemFailure && error.facts.status === 404)) throw error;
      if (object.name !== 'Individual') hidden.push(object.name);
    }
  }
  return { described, hidden };
}

/** Records whose ID is one of these. IDs that no Salesforce record can have are asked for apart, for the server refuses a query with them. */
async function peopleById(scope: CrmScope, object: PeopleObject, description: SObjectDescription, partyIds: readonly string[]): Promise<Person[]> {
  const wellFormed = partyIds.filter((id) => /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(id));
  const others = partyIds.filter((id) => !wellFormed.includes(id) && id.length < 18);
  const found = await readPeople(scope, object, description, (list) => `Id IN ${list}`, wellFormed.filter((id) => id.startsWith(object.prefix)));
  try {
    return [...found, ...(await readPeople(scope, object, description, (list) => `Id IN ${list}`, others))];
  } catch (error) {
    if (error instanceof SystemFailure && error.facts.status === 400 && IMPOSSIBLE_ID.has(error.facts.code ?? '')) return found;
    throw error;
  }
}
const IMPOSSIBLE_ID = new Set(['INVALID_QUERY_FILTER_OPERATOR', 'INVALID_ID_FIELD', 'MALFORMED_ID']);

async function readPeople({ salesforce, system, signal, onPage }: CrmScope, object: PeopleObject, { fields }: SObjectDescription, condition: (list: string) => string, values: readonly string[]): Promise<Person[]> {
  const wanted = ['Id', 'FirstName', 'LastName', object.email, object.birthDate, ...Object.keys(object.ties), ...Object.keys(object.tiedBy)];
  const columns = [...new Set(wanted)].filter((name) => fields.some((field) => field.name === name));
  const where = (list: string) => `SELECT ${columns.join(', ')} FROM ${object.name} WHERE ${condition(list)}${object.only === null ? '' : ` AND ${object.only}`}`;
  const found: Person[] = [];
  for (const query of salesforce.batched(values, where)) {
    for await (const { records } of salesforce.soql(query, { system, signal })) {
      onPage();
      found.push(...records.map((record) => personOf(object, record)));
    }
  }
  return found;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const personOf = (object: PeopleObject, record: SObjectRecord): Person => ({
  object: object.name,
  id: text(record.Id),
  givenName: text(record.FirstName), familyName: text(record.LastName),
  birthDate: object.birthDate === null ? '' : text(record[object.birthDate]).slice(0, 10),
  record,
});

/** Records that Salesforce itself ties to these: the contact of a person account, the lead that became a contact, a portal user. */
async function tiedPeople(scope: CrmScope, described: ReadonlyMap<PeopleObject, SObjectDescription>, people: readonly Person[]): Promise<{ person: Person; by: string }[]> {
  const found: { person: Person; by: string }[] = [];
  for (const [object, description] of described) {
    const named = people.flatMap((person) => Object.entries(PEOPLE.find(({ name }) => name === person.object)?.ties ?? {})
      .filter(([, target]) => target === object.name).map(([field]) => text(person.record[field]))).filter((id) => id !== '');
    for (const person of await readPeople(scope, object, description, (list) => `Id IN ${list}`, [...new Set(named)])) found.push({ person, by: 'a record of the subject' });
    for (const [field, target] of Object.entries(object.tiedBy)) {
      const ids = people.filter((person) => person.object === target).map(({ id }) => id);
      if (!description.fields.some(({ name }) => name === field)) continue;
      for (const person of await readPeople(scope, object, description, (list) => `${field} IN ${list}`, ids)) found.push({ person, by: 'a record of the subject' });
    }
  }
  return found;
}
