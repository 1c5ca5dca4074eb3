import type { Question } from '../spi.ts';

const KINDS = {
  email: 'e-mail address',
  phone: 'phone number',
  'party-id': 'customer number',
  'external-id': 'identifier',
} as const;

/**
 * What an operator asks a system, about whom, and by when. It holds the confirmed identifiers. Of
 * the profiles it holds only the IDs from this system itself, never more than it needs to find the
 * person.
 */
export function letterFor(
  entry: {
    readonly system: string;
    readonly dataSources: readonly string[];
    readonly instructions?: string;
  },
  question: Question,
): string {
  const own = question.profiles.filter(({ dataSource }) => entry.dataSources.includes(dataSource));
  const numbers = [...new Set(own.map(({ partyId }) => partyId))].filter(
    (partyId) => !question.identifiers.some(({ value }) => value === partyId),
  );
  return [
    ...(entry.instructions === undefined ? [] : [entry.instructions, '']),
    `Please export all personal data that ${entry.system} holds about the person below, in a ` +
      'common machine-readable format, or say that it holds none.',
    'A person asked for ' +
      `${question.requestType === 'portability' ? 'their data to be handed over (portability)' : 'a copy of their data (access)'} ` +
      `under ${question.law}, on ${question.receivedOn ?? question.submittedAt.slice(0, 10)}.`,
    `Answer by ${question.answerBy}.`,
    '',
    'The person:',
    ...(question.subjectName === undefined ? [] : [`- name: ${question.subjectName}`]),
    ...question.identifiers.map(
      ({ kind, name, value }) =>
        '- ' +
        `${KINDS[kind]}${kind === 'external-id' ? ` (${name.replace(/^externalIds\./, '')})` : ''}: ${value}`,
    ),
    ...numbers.map((number) => `- ID in your system: ${number}`),
    '',
    'These details are given only to find the person. Delete this request when it is answered.',
  ].join('\n');
}
