import type { GapReason } from '../contract/status.ts';

/**
 * What a gap means for the person, and what may come of it. The words suit a reader without law or
 * software.
 */
export const GAP_WORDS: Readonly<
  Record<GapReason, { readonly title: string; readonly meaning: string }>
> = {
  overdue: {
    title: 'No answer in time',
    meaning:
      'This system was asked and had not answered when this package had to be made. If its ' +
      'answer arrives later, you get it as a supplement.',
  },
  denied: {
    title: 'Access failed',
    meaning:
      'This system did not let us read its data, for a technical reason on our side. It may ' +
      'hold data about you.',
  },
  rejected: {
    title: 'Question not accepted',
    meaning:
      'This system understood the question and did not accept it. It may hold data about you.',
  },
  unreadable: {
    title: 'Answer not readable',
    meaning: 'This system answered in a form that could not be read. It may hold data about you.',
  },
  refused: {
    title: 'Answer refused',
    meaning: 'The organisation that runs this system refused to answer.',
  },
  skipped: {
    title: 'Left out by decision',
    meaning:
      'A person decided that this system is not part of this answer. The reason stands beside.',
  },
  'not-reviewed': {
    title: 'Not confirmed to be yours',
    meaning:
      'A record was found that may be about you, but nobody could confirm it in time. It was ' +
      'left out, so that you do not get somebody else’s data, nor they yours.',
  },
  'not-declared': {
    title: 'Not known whether used',
    meaning:
      'It is not recorded whether this system is in use, so it was not searched. It may hold data about you.',
  },
  withheld: {
    title: 'Held back',
    meaning:
      'Something was held back, for instance because it is about other people too. The reason stands beside.',
  },
  'unmapped-source': {
    title: 'Source not found',
    meaning:
      'Some of your data came from a source for which no responsible system is recorded, so ' +
      'that source could not be asked.',
  },
  restricted: {
    title: 'Not open to us',
    meaning:
      'Some records are closed to the program that made this package, for want of a ' +
      'permission or because their processing is restricted. They may hold data about you.',
  },
  'ambiguous-rows': {
    title: 'Not certain whose',
    meaning: 'Some records could be yours or another person’s, and were left out.',
  },
  unavailable: {
    title: 'Could not be reached',
    meaning:
      'This system could not be reached, though it was tried again and again. It may hold data about you.',
  },
};

const SYSTEMS: Readonly<Record<string, string>> = {
  'data-cloud': 'Salesforce Data Cloud',
  'core-crm': 'Salesforce CRM',
  'marketing-cloud': 'Salesforce Marketing Cloud',
  'account-engagement': 'Salesforce Account Engagement',
  'b2c-commerce': 'Salesforce B2C Commerce',
  personalization: 'Salesforce Personalization',
  'privacy-center': 'Salesforce Privacy Center',
};

/** A system's name for people; its ID if it has none. */
export const systemWords = (id: string): string =>
  SYSTEMS[id] ??
  (id.startsWith('data-source:') ? `Data source ${id.slice('data-source:'.length)}` : id);

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
];
const IDENTIFIERS: Readonly<Record<string, string>> = {
  emails: 'e-mail address',
  phones: 'phone number',
  partyIds: 'customer number (party ID)',
};

/** `emails[0]` as `your first e-mail address`. */
export function identifierWords(identifier: string): string {
  const [, list, index] = /^(\w+)\[(\d+)\]$/.exec(identifier) ?? [];
  const kind = IDENTIFIERS[list ?? ''];
  if (kind !== undefined) {
    return `your ${ORDINALS[Number(index)] ?? `${Number(index) + 1}th`} ${kind}`;
  }
  return identifier.startsWith('externalIds.')
    ? `your identifier “${identifier.slice('externalIds.'.length)}”`
    : identifier;
}

const KINDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^text\/csv/, 'Table (spreadsheet)'],
  [/ndjson/, 'Table (for programs)'],
  [/json/, 'Data (JSON)'],
  [/pdf/, 'PDF document'],
  [/^image\//, 'Picture'],
  [/^audio\//, 'Sound'],
  [/^video\//, 'Video'],
  [/spreadsheet|ms-excel/, 'Spreadsheet'],
  [/wordprocessing|msword/, 'Text document'],
  [/^text\/html/, 'Web page'],
  [/^text\//, 'Text'],
  [/rfc822/, 'E-mail'],
  [/zip|gzip|7z/, 'Archive'],
  [/xml/, 'Data (XML)'],
];

/** A media type in words. */
export const kindWords = (mediaType: string): string =>
  KINDS.find(([pattern]) => pattern.test(mediaType))?.[1] ?? 'File';

/** Why an object was left out on purpose. */
export const NOT_INCLUDED_WORDS: Readonly<Record<string, string>> = {
  shared: 'These belong to an account or a household, and so to other people too.',
  excluded: 'These were left out by a setting of the organisation.',
  guessed: 'It is not certain that these are about you.',
};
