import * as z from 'zod';
import type { ConnectorModule, ConnectorParts, Question } from '../spi.ts';
import { letterFor } from '../shared/letter.ts';

/** Data that Salesforce holds and no interface returns, and the office to ask for it. */
const SUBJECTS = {
  'einstein-lead-history': {
    why: 'past versions of lead data for Einstein are given out by Salesforce Support alone',
    how: [
      'Open a case with Salesforce Support (Help, "Contact Support", product Sales Cloud ' +
        'Einstein), and send them the text below.',
    ],
    what: 'the past versions of lead data that Sales Cloud Einstein keeps about the person below',
    prefix: '00Q',
  },
  'social-studio': {
    why: 'data from social networks in Social Studio is given out by the networks, to the person itself',
    how: [
      'Posts and profiles in Social Studio come from the social networks, which answer the ' +
        'person itself. Tell the person which networks are connected, so that they can ask there.',
      'For what your own workspace keeps beside them (notes, labels, assignments), open a ' +
        'case with Salesforce Support and send them the text below.',
    ],
    what: 'the notes, labels and assignments that our Social Studio workspace keeps about the person below',
    prefix: null,
  },
  other: {
    why: 'Salesforce gives this out by a support case alone',
    how: ['Open a case with Salesforce Support, and send them the text below.'],
    what: 'all personal data about the person below',
    prefix: null,
  },
} as const;
type About = keyof typeof SUBJECTS;

const options = z.strictObject({
  about: z.enum(Object.keys(SUBJECTS) as [About, ...About[]]).describe('What the case is about.'),
  what: z.string().optional().describe("What is asked for, in place of Dossier's own words."),
  organizationId: z
    .string()
    .regex(
      /^00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/,
      'must be the ID of an org: 15 or 18 characters that begin with 00D',
    )
    .optional()
    .describe('The ID of the org, which Support asks for.'),
});
type Options = z.infer<typeof options>;

/**
 * Data without an interface: an operator opens a support case with a text that is ready to send,
 * and hands Dossier the reply.
 *
 * @see Salesforce Help, "Data Access and Portability": Sales Cloud, Marketing Cloud; read 2026-11
 */
export default {
  kind: 'vendor',
  options,
  create: (
    { about, what, organizationId }: Options,
    { id, dataSources, instructions }: ConnectorParts,
  ) => ({
    needsProfiles: SUBJECTS[about].prefix !== null,
    ask: async (_context, question: Question) => {
      const { why, how, what: usual, prefix } = SUBJECTS[about];
      const leads =
        prefix === null
          ? []
          : question.profiles
              .map(({ partyId }) => partyId)
              .filter((it) => it.startsWith(prefix) && /^(?:\w{15}|\w{18})$/.test(it));
      const text = letterFor({ system: 'Salesforce', dataSources }, question).replace(
        /^Please export all personal data that Salesforce holds about the person below,/,
        `Please export ${what ?? usual},`,
      );
      return {
        way: 'manual' as const,
        why,
        instructions: [
          ...(instructions === undefined ? [] : [instructions, '']),
          ...how,
          `Give its answer to the system ${id}.`,
          '',
          '---',
          '',
          ...(organizationId === undefined ? [] : [`Org ID: ${organizationId}`]),
          ...(leads.length === 0 ? [] : [`Lead IDs: ${[...new Set(leads)].join(', ')}`]),
          text,
        ].join('\n'),
      };
    },
  }),
} satisfies ConnectorModule<Options>;
