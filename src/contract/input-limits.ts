import type { Complaint } from './contract.ts';
import { jsonBytes, LIMITS } from './limits.ts';
import { isSafeName } from './package-path.ts';

/** Characters of an ID that names a file or a folder: of a request, of a system. */
export const ID_LENGTH = 64;
/**
 * Identifiers of one request, if `limits.identifiers` in dossier.yaml says nothing. Each one costs
 * look-ups in every data space.
 */
export const IDENTIFIERS = 50;
/** The most identifiers that a configuration can allow. */
export const MOST_IDENTIFIERS = 1_000;

/**
 * Characters of each text, by the name of its field; of a list, of each of its entries. RFC 5321
 * allows an address 64 + 1 + 255.
 */
const LENGTHS: Readonly<Record<string, number>> = {
  requestId: ID_LENGTH,
  continues: ID_LENGTH,
  emails: 320,
  phones: 64,
  partyIds: 255,
  externalIds: 255,
  name: 200,
  law: ID_LENGTH,
  country: 2,
  region: 64,
  timeZone: 64,
  language: 35,
  policy: ID_LENGTH,
  systems: ID_LENGTH,
  by: 200,
  method: 200,
  reason: 4_000,
  note: 4_000,
  cite: 500,
  system: 300,
  answerId: 400,
  partyId: 255,
  dataSpace: 128,
  keyQualifier: 255,
  uri: 2_048,
  identifiers: 300,
  confirmed: 300,
  files: 512,
};
/** Characters of a text that has no line above. */
const OTHER_LENGTH = 1_000;
const KEY_LENGTH = 64;
/** Entries of a list in a message. */
const ENTRIES = 10_000;

/** The most characters of a text in this field; in a list or a record, of each of its texts. */
export const lengthOf = (field: string): number => LENGTHS[field] ?? OTHER_LENGTH;

/**
 * Why an ID cannot name a file everywhere, such as a device of Windows or too many characters.
 * Undefined if it can.
 */
export function idReason(id: string): string | undefined {
  if (id.length > ID_LENGTH) {
    return `may hold ${ID_LENGTH} characters at most, and holds ${id.length}`;
  }
  return isSafeName(id)
    ? undefined
    : 'is a name that file systems keep for devices or refuse (such as con, nul, com1); give another';
}

/** What of a request is longer than it may be. Its schema checks its form. */
export function requestLimits(request: {
  readonly requestId: string;
  readonly subject: Subject;
}): Complaint[] {
  const complaints: Complaint[] = [];
  const reason = idReason(request.requestId);
  if (reason !== undefined) complaints.push({ path: 'requestId', reason });
  const count = identifiers(request.subject);
  if (count > MOST_IDENTIFIERS) return [...complaints, tooMany(count, MOST_IDENTIFIERS)];
  return [
    ...complaints,
    ...tooLong(request, '', '').filter(({ path }) => path !== 'requestId'),
  ].slice(0, 20);
}

interface Subject {
  readonly emails: readonly unknown[];
  readonly phones: readonly unknown[];
  readonly partyIds: readonly unknown[];
  readonly externalIds: Readonly<Record<string, unknown>>;
}
const identifiers = ({ emails, phones, partyIds, externalIds }: Subject): number =>
  emails.length + phones.length + partyIds.length + Object.keys(externalIds).length;
const tooMany = (count: number, most: number): Complaint => ({
  path: 'subject',
  reason: `holds ${count} identifiers, and ${most} are the most that one request may hold`,
});

/** A complaint if there are more identifiers than the configuration allows, else undefined. */
export function identifierComplaint(subject: Subject, most = IDENTIFIERS): Complaint | undefined {
  const count = identifiers(subject);
  if (count <= most) return undefined;
  return {
    path: 'subject',
    reason: `${tooMany(count, most).reason}; the company may raise limits.identifiers in dossier.yaml`,
  };
}

/** What of a message is longer than it may be. */
export function messageLimits(message: unknown): Complaint[] {
  const bytes = jsonBytes(message);
  if (bytes > LIMITS.payload) {
    return [
      {
        path: '',
        reason:
          `is ${bytes} bytes long as JSON, and the server takes ${LIMITS.payload} at most; ` +
          'send it in parts',
      },
    ];
  }
  return tooLong(message, '', '').slice(0, 20);
}

function tooLong(value: unknown, path: string, field: string): Complaint[] {
  if (typeof value === 'string') {
    const most = lengthOf(field);
    return value.length <= most
      ? []
      : [{ path, reason: `may hold ${most} characters at most, and holds ${value.length}` }];
  }
  if (Array.isArray(value)) {
    if (value.length > ENTRIES) {
      return [{ path, reason: `may hold ${ENTRIES} entries at most, and holds ${value.length}` }];
    }
    return value.flatMap((item, index) => tooLong(item, `${path}[${index}]`, field));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key.length > KEY_LENGTH) {
      return [
        {
          path,
          reason: `holds a name of ${key.length} characters, and ${KEY_LENGTH} are the most`,
        },
      ];
    }
    return tooLong(
      item,
      path === '' ? key : `${path}.${key}`,
      field === 'externalIds' ? field : key,
    );
  });
}
