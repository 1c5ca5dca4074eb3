import type { Question } from '../spi.ts';
import type { Named } from '../../contract/profile.ts';
import {
  emailsOf,
  plainEmail,
  tellApart,
  type Candidate,
  type ToldApart,
} from '../shared/tell-apart.ts';
import type { BusinessUnit } from './business-unit.ts';
import { contactKeys } from './contact-keys.ts';
import { retrieve, type SoapRecord } from './retrieve.ts';
import type { SoapObject } from './soap-objects.ts';

/**
 * A contact of a business unit with its subscriber records. `key` is the contact key, which is the
 * subscriber key.
 */
export interface Contact extends Candidate {
  readonly records: readonly SoapRecord[];
}

/** The search for the subject's contacts. */
export interface Search {
  readonly question: Question;
  readonly subscriber: SoapObject;
  /** Keys that surely are the subject's: party IDs of its profiles, external IDs. */
  readonly tied: ReadonlySet<string>;
  /** Those of them that are asked for even if no address leads to them. */
  readonly keys: readonly string[];
  readonly known: readonly Named[];
  /** If one address has more contacts than this, it is not a person's own. */
  readonly maxContacts: number;
}

/** The subject's contacts, and the addresses with too many contacts to be a person's own. */
export interface FoundContacts extends ToldApart<Contact> {
  readonly crowded: readonly string[];
}

/**
 * The subject's contacts in a business unit: by every e-mail address, as contact and as subscriber,
 * and by contact key. @throws SystemFailure
 */
export async function findContacts(
  unit: BusinessUnit,
  { question, subscriber, tied, keys, known, maxContacts }: Search,
): Promise<FoundContacts> {
  const read = new Map<string, Contact>();
  const contactsOf = async (wanted: Iterable<string>): Promise<Contact[]> => {
    const contacts: Contact[] = [];
    for (const key of wanted) {
      const contact = read.get(key) ?? (await readContact(unit, subscriber, key));
      read.set(key, contact);
      contacts.push(contact);
    }
    return contacts;
  };
  const found = new Map<string, Contact[]>();
  const crowded: string[] = [];
  for (const { name, value } of emailsOf(question)) {
    const all = await keysOf(unit, subscriber, value);
    if (all.size > maxContacts) crowded.push(name);
    found.set(name, [
      ...(found.get(name) ?? []),
      ...(await contactsOf(all.size > maxContacts ? [...all].filter((key) => tied.has(key)) : all)),
    ]);
  }
  const led = new Set([...found.values()].flat().map(({ key }) => key));
  found.set(
    '',
    (await contactsOf(keys)).filter(({ records, key }) => records.length > 0 && !led.has(key)),
  );
  const { own, withheld, doubtful } = tellApart(found, {
    isTied: ({ key }) => tied.has(key),
    known,
  });
  return { own, withheld, doubtful: new Set([...doubtful, ...crowded]), crowded };
}

/**
 * Contact keys belong to the whole account. A subject's contact of one business unit is looked up
 * in the others too, where perhaps no address leads to it. A contact that is doubtful in any unit
 * is not.
 */
export function inEveryUnit<Unit>(
  units: readonly { readonly unit: Unit; readonly found: FoundContacts }[],
): { readonly unit: Unit; readonly found: FoundContacts }[] {
  const withheld = new Set(units.flatMap(({ found }) => found.withheld.map((it) => it.found.key)));
  const all = new Map(
    units.flatMap(({ found }) =>
      found.own.filter(({ key }) => !withheld.has(key)).map((contact) => [contact.key, contact]),
    ),
  );
  return units.map(({ unit, found }) => {
    const here = new Set(found.own.map(({ key }) => key));
    const others = [...all.values()]
      .filter(({ key }) => !here.has(key))
      .map((contact): Contact => ({ ...contact, records: [] }));
    return { unit, found: { ...found, own: [...found.own, ...others] } };
  });
}

/** Keys of the contacts and of the subscribers with exactly this address. */
async function keysOf(
  unit: BusinessUnit,
  subscriber: SoapObject,
  email: string,
): Promise<Set<string>> {
  const keys = new Set(await contactKeys(unit, email));
  for await (const records of retrieve(unit, subscriber, 'EmailAddress', email.trim())) {
    for (const { SubscriberKey: key, EmailAddress: address } of records) {
      if (
        typeof key === 'string' &&
        typeof address === 'string' &&
        plainEmail(address) === plainEmail(email)
      ) {
        keys.add(key);
      }
    }
  }
  return keys;
}

async function readContact(
  unit: BusinessUnit,
  subscriber: SoapObject,
  key: string,
): Promise<Contact> {
  const records: SoapRecord[] = [];
  for await (const page of retrieve(unit, subscriber, 'SubscriberKey', key)) {
    records.push(
      ...page.filter(
        (record) =>
          typeof record.SubscriberKey === 'string' && record.SubscriberKey.trim() === key.trim(),
      ),
    );
  }
  const named = records
    .map(nameOf)
    .find(({ givenName, familyName }) => givenName !== '' || familyName !== '');
  return { key, givenName: '', familyName: '', birthDate: '', ...named, records };
}

/**
 * A name, if the account keeps one among a subscriber's attributes; their names are the account's
 * own.
 */
function nameOf({ Attributes }: SoapRecord): Pick<Named, 'givenName' | 'familyName'> {
  const attributes = Object.entries((Attributes ?? {}) as Readonly<Record<string, unknown>>);
  const called = (pattern: RegExp) =>
    attributes.flatMap(([name, value]) =>
      pattern.test(name) && typeof value === 'string' ? [value] : [],
    )[0] ?? '';
  return {
    givenName: called(/^(?:first|given)[ _]?name$/i),
    familyName: called(/^(?:last|family|sur)[ _]?name$/i),
  };
}
