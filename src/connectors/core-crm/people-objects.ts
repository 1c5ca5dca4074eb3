/** An object of the core org whose records are people. */
export interface PeopleObject {
  readonly name: 'Contact' | 'Lead' | 'Account' | 'User' | 'Individual';
  /** The first characters of its IDs. */
  readonly prefix: string;
  readonly email: string | null;
  readonly birthDate: string | null;
  /** A condition that its records must meet to be people. */
  readonly only: string | null;
  /** Fields that lead from a record to other records of the same person, by the object there. */
  readonly ties: Readonly<Record<string, PeopleObject['name']>>;
  /** Fields by which records of the same person are found from the object that they name. */
  readonly tiedBy: Readonly<Record<string, PeopleObject['name']>>;
}

/**
 * Contacts, leads, person accounts, users and individuals. An account that is no person account is
 * a company.
 */
export const PEOPLE: readonly PeopleObject[] = [
  {
    name: 'Contact',
    prefix: '003',
    email: 'Email',
    birthDate: 'Birthdate',
    only: null,
    ties: { IndividualId: 'Individual' },
    tiedBy: {},
  },
  {
    name: 'Account',
    prefix: '001',
    email: 'PersonEmail',
    birthDate: 'PersonBirthdate',
    only: 'IsPersonAccount = true',
    ties: { PersonIndividualId: 'Individual', PersonContactId: 'Contact' },
    tiedBy: { PersonContactId: 'Contact' },
  },
  {
    name: 'Lead',
    prefix: '00Q',
    email: 'Email',
    birthDate: null,
    only: null,
    ties: { IndividualId: 'Individual' },
    tiedBy: { ConvertedContactId: 'Contact' },
  },
  {
    name: 'User',
    prefix: '005',
    email: 'Email',
    birthDate: null,
    only: null,
    ties: { IndividualId: 'Individual', ContactId: 'Contact' },
    tiedBy: { ContactId: 'Contact' },
  },
  {
    name: 'Individual',
    prefix: '0PK',
    email: null,
    birthDate: 'BirthDate',
    only: null,
    ties: {},
    tiedBy: {},
  },
];

export const isPeople = (sObject: string): boolean => PEOPLE.some(({ name }) => name === sObject);

/** A key of its own for each person's record, however its ID is spelled. */
export const keyOf = ({ object, id }: { readonly object: string; readonly id: string }): string =>
  `${object} ${shortId(id)}`;

/** An ID's first 15 characters: they identify a record, and the other three only repeat them. */
export const shortId = (id: string): string => (id.length === 18 ? id.slice(0, 15) : id);
