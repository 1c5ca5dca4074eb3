import { SystemFailure } from '../../http/failure.ts';
import type { Question } from '../spi.ts';
import type { Named } from '../../contract/profile.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import type { SObjectDescription, SObjectRecord } from '../../salesforce/soql.ts';
import { unlessClosed } from './closed.ts';
import { emailSpellings } from '../shared/email-spelling.ts';
import { contradict } from '../shared/same-person.ts';
import { differentPeople, plainEmail } from '../shared/tell-apart.ts';
import { deletedPeople, judgeDeleted, type ReadDeleted } from './deleted-people.ts';
import { describePeople } from './describe-people.ts';
import { keyOf, PEOPLE, type PeopleObject } from './people-objects.ts';
import type { RefusedParts } from './refused-parts.ts';

export interface CrmScope {
  readonly salesforce: Salesforce;
  readonly system: string;
  readonly signal: AbortSignal;
  readonly onPage: () => void;
  /** What happens to records in the recycle bin: they are exported with a mark, or only named. */
  readonly recycleBin: 'export' | 'name';
  readonly refused: RefusedParts;
}

/** A record of the core org that is the subject, or may be. */
export interface Person extends Named {
  readonly object: PeopleObject['name'];
  readonly id: string;
  readonly record: SObjectRecord;
}

/** The name for records that Salesforce ties to another record of the subject. */
export const BY_TIE = 'a record of the subject';

/** The people that the e-mail addresses and IDs of a question lead to. */
export interface FoundPeople {
  /** The subject's records. */
  readonly people: readonly Person[];
  /** Records that an e-mail address leads to, but that may be somebody else's. */
  readonly withheld: readonly { readonly person: Person; readonly by: string }[];
  /** Objects that cannot be read, and why. */
  readonly hidden: ReadonlyMap<string, string>;
  /** Those among them that hide who else has the addresses. */
  readonly unread: readonly string[];
  /** Deleted records that are only named: the subject's, and those that may be somebody else's. */
  readonly inBin: { readonly own: number; readonly doubtful: number };
}

/**
 * The subject's contacts, leads, person accounts, users and individuals.
 *
 * A record counts if its ID is an included profile's party ID, or if it has a confirmed e-mail
 * address. If records with one address contradict each other or what is known of the subject, only
 * those tied by ID count.
 *
 * The same holds for every address if an object that exists for us is not read to the end. Its
 * description is refused, or a query is refused after its description came. People who share an
 * address there cannot be compared. An object that is not visible from the start (404) counts as if
 * the company had none: it is named, and addresses count.
 *
 * @param known names and birth dates of the included profiles, from Data Cloud
 */
export async function findPeople(
  scope: CrmScope,
  question: Question,
  known: readonly Named[],
): Promise<FoundPeople> {
  const { described, hidden, unread, closing } = await describePeople(scope);
  /** People of an object. Once the object is closed, it is no longer read. */
  const reading = async (
    object: PeopleObject,
    work: (description: SObjectDescription) => Promise<Person[]>,
  ): Promise<Person[]> => {
    const description = described.get(object);
    return description === undefined
      ? []
      : ((await unlessClosed(closing(object), () => work(description))) ?? []);
  };

  const partyIds = [...new Set(question.profiles.map(({ partyId }) => partyId))];
  const tied: Person[] = [];
  for (const object of PEOPLE) {
    tied.push(
      ...(await reading(object, (description) => peopleById(scope, object, description, partyIds))),
    );
  }

  const { byAddress, doubtful } = await peopleByAddress(scope, question, { tied, known, reading });
  // People who share an address in a closed object cannot be compared, so no address proves whose a
  // record is.
  const unreadBefore = [...unread];
  if (unreadBefore.length > 0) {
    for (const name of byAddress.keys()) {
      doubtful.add(name);
    }
  }
  const people = new Map(tied.map((person) => [keyOf(person), person]));
  const withheld: { person: Person; by: string }[] = [];
  for (const [name, others] of byAddress) {
    if (doubtful.has(name)) withheld.push(...others.map((person) => ({ person, by: name })));
    else {
      for (const person of others) {
        people.set(keyOf(person), person);
      }
    }
  }

  for (const { person, by } of await tiedPeople(scope, described, [...people.values()], reading)) {
    if (people.has(keyOf(person))) continue;
    if ([...known, ...people.values()].some((other) => contradict(person, other))) {
      withheld.push({ person, by });
    } else people.set(keyOf(person), person);
  }
  const readDeleted: ReadDeleted = async (object, description, condition, values) =>
    (await scope.refused.inBin(object.name, () =>
      readPeople(scope, object, description, condition, values, true),
    )) ?? [];
  const deleted = judgeDeleted(await deletedPeople(described, question, readDeleted), {
    people: [...people.values()],
    known,
    doubtful,
  });
  const isNamed = scope.recycleBin === 'name';
  if (!isNamed) {
    for (const person of deleted.own) {
      people.set(keyOf(person), person);
    }
    withheld.push(...deleted.withheld);
  }
  const left = withheld.filter(
    ({ person }, index) =>
      !people.has(keyOf(person)) &&
      withheld.findIndex((it) => keyOf(it.person) === keyOf(person)) === index,
  );
  const inBin = isNamed
    ? { own: deleted.own.length, doubtful: deleted.withheld.length }
    : { own: 0, doubtful: 0 };
  return { people: [...people.values()], withheld: left, hidden, unread: unreadBefore, inBin };
}

type Reading = (
  object: PeopleObject,
  work: (description: SObjectDescription) => Promise<Person[]>,
) => Promise<Person[]>;

/**
 * The people at each address, without those tied by ID, and the doubtful addresses. An address is
 * doubtful if it leads to people who contradict each other or what is known.
 */
async function peopleByAddress(
  scope: CrmScope,
  { identifiers }: Question,
  {
    tied,
    known,
    reading,
  }: {
    tied: readonly Person[];
    known: readonly Named[];
    reading: Reading;
  },
): Promise<{ byAddress: Map<string, Person[]>; doubtful: Set<string> }> {
  const tiedKeys = new Set(tied.map(keyOf));
  const byAddress = new Map<string, Person[]>();
  const doubtful = new Set<string>();
  for (const { name, kind, value } of identifiers) {
    if (kind !== 'email') continue;
    const found: Person[] = [];
    for (const object of PEOPLE) {
      found.push(
        ...(await reading(object, (description) =>
          havingAddress(scope, object, description, value),
        )),
      );
    }
    const others = found.filter((person) => !tiedKeys.has(keyOf(person)));
    byAddress.set(name, others);
    if (
      others.some((person) =>
        [...known, ...tied, ...found].some((other) => contradict(person, other)),
      )
    ) {
      doubtful.add(name);
    }
  }
  for (const name of differentPeople(
    new Map([...byAddress].filter(([name]) => !doubtful.has(name))),
    known,
  )) {
    doubtful.add(name);
  }
  return { byAddress, doubtful };
}

/**
 * People of an object with an address, compared letter by letter, because the server compares
 * loosely. It notes a field of addresses that we do not see.
 */
async function havingAddress(
  scope: CrmScope,
  object: PeopleObject,
  description: SObjectDescription,
  address: string,
): Promise<Person[]> {
  const { name, email } = object;
  if (email === null) return [];
  if (!description.fields.some((field) => field.name === email)) {
    scope.refused.leaveOut(name, email);
    return [];
  }
  const people = await readPeople(
    scope,
    object,
    description,
    (list) => `${email} IN ${list}`,
    emailSpellings(address),
  );
  return people.filter(({ record }) => plainEmail(text(record[email])) === plainEmail(address));
}

/**
 * Records whose ID is one of these. IDs that no Salesforce record can have are asked for apart,
 * because the server refuses a query with them.
 */
async function peopleById(
  scope: CrmScope,
  object: PeopleObject,
  description: SObjectDescription,
  partyIds: readonly string[],
): Promise<Person[]> {
  const wellFormed = partyIds.filter((id) => /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(id));
  const others = partyIds.filter((id) => !wellFormed.includes(id) && id.length < 18);
  const found = await readPeople(
    scope,
    object,
    description,
    (list) => `Id IN ${list}`,
    wellFormed.filter((id) => id.startsWith(object.prefix)),
  );
  try {
    return [
      ...found,
      ...(await readPeople(scope, object, description, (list) => `Id IN ${list}`, others)),
    ];
  } catch (error) {
    if (
      error instanceof SystemFailure &&
      error.facts.status === 400 &&
      IMPOSSIBLE_ID.has(error.facts.code ?? '')
    ) {
      return found;
    }
    throw error;
  }
}
const IMPOSSIBLE_ID = new Set([
  'INVALID_QUERY_FILTER_OPERATOR',
  'INVALID_ID_FIELD',
  'MALFORMED_ID',
]);

async function readPeople(
  { salesforce, system, signal, onPage, refused }: CrmScope,
  object: PeopleObject,
  { fields }: SObjectDescription,
  condition: (list: string) => string,
  values: readonly string[],
  all = false,
): Promise<Person[]> {
  const wanted = [
    'Id',
    'FirstName',
    'LastName',
    object.email,
    object.birthDate,
    ...Object.keys(object.ties),
    ...Object.keys(object.tiedBy),
  ];
  const columns = [...new Set(wanted)].filter((name): name is string =>
    fields.some((field) => field.name === name),
  );
  return refused.reading(
    object.name,
    columns,
    ['Id', ...(object.email === null ? [] : [object.email])],
    async (names) => {
      const where = (list: string) =>
        `SELECT ${names.join(', ')} FROM ${object.name} WHERE ` +
        `${condition(list)}${object.only === null ? '' : ` AND ${object.only}`}`;
      const found: Person[] = [];
      for (const query of salesforce.batched(values, where)) {
        for await (const { records } of salesforce.soql(query, { system, signal, all })) {
          onPage();
          found.push(...records.map((record) => personOf(object, record)));
        }
      }
      return found;
    },
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const personOf = (object: PeopleObject, record: SObjectRecord): Person => ({
  object: object.name,
  id: text(record.Id),
  givenName: text(record.FirstName),
  familyName: text(record.LastName),
  birthDate: object.birthDate === null ? '' : text(record[object.birthDate]).slice(0, 10),
  record,
});

/**
 * Records that Salesforce itself ties to these: the contact of a person account, the lead that
 * became a contact, a portal user.
 */
async function tiedPeople(
  scope: CrmScope,
  described: ReadonlyMap<PeopleObject, SObjectDescription>,
  people: readonly Person[],
  reading: Reading,
): Promise<{ person: Person; by: string }[]> {
  const found: { person: Person; by: string }[] = [];
  for (const [object, { fields }] of described) {
    const named = people
      .flatMap((person) =>
        Object.entries(PEOPLE.find(({ name }) => name === person.object)?.ties ?? {})
          .filter(([, target]) => target === object.name)
          .map(([field]) => text(person.record[field])),
      )
      .filter((id) => id !== '');
    for (const person of await reading(object, (description) =>
      readPeople(scope, object, description, (list) => `Id IN ${list}`, [...new Set(named)]),
    )) {
      found.push({ person, by: BY_TIE });
    }
    for (const [field, target] of Object.entries(object.tiedBy)) {
      const ids = people.filter((person) => person.object === target).map(({ id }) => id);
      if (!fields.some(({ name }) => name === field)) continue;
      for (const person of await reading(object, (description) =>
        readPeople(scope, object, description, (list) => `${field} IN ${list}`, ids),
      )) {
        found.push({ person, by: BY_TIE });
      }
    }
  }
  return found;
}
