import * as z from 'zod';
import { identifierName } from './request.ts';

const by = z.string().min(1).describe('who says so: a person or a service');
const text = z.string().min(1);
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);
/**
 * A moment of the past or present that a message tells; a bare day counts from its first instant in
 * UTC.
 */
export type Moment = string;

/** How an order wants to be answered; a fact has no answer, and takes no notice of it. */
const reply = z.literal('short', 'must be "short", or be left out').optional();

/**
 * The messages of a request: one schema and one example each. The names are public and stored in
 * histories.
 */
export const messages = {
  identityConfirmed: z.strictObject({
    identifiers: z.array(identifierName).optional(),
    method: text,
    by,
  }),
  identityRejected: z.strictObject({ reason: text, by }),
  clarificationRequested: z.strictObject({
    at: moment.optional(),
    note: z.string().optional(),
    by,
  }),
  clarificationReceived: z.strictObject({ at: moment.optional(), note: z.string().optional(), by }),
  vendorResponded: z.strictObject({
    system: text,
    outcome: z.enum(['delivered', 'nothing-held', 'refused', 'in-progress']),
    files: z
      .array(
        z.strictObject({
          uri: text,
          sha256: z
            .string()
            .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
            .optional(),
        }),
      )
      .default([]),
    note: z.string().optional(),
    by,
    reply,
  }),
  retractAnswer: z.strictObject({ system: text, answerId: text, reason: text, by, reply }),
  decideMatch: z.strictObject({
    decisions: z
      .array(
        z.strictObject({
          partyId: text,
          dataSpace: text,
          keyQualifier: z.string().optional(),
          include: z.boolean(),
          reason: text,
        }),
      )
      .min(1),
    by,
    reply,
  }),
  extendDeadline: z.strictObject({
    reason: text,
    noticeSentAt: moment.optional(),
    until: z.iso.date().optional(),
    by,
    reply,
  }),
  retrySystem: z.strictObject({ system: text, by, reply }),
  skipSystem: z.strictObject({ system: text, reason: text, by, reply }),
  approvePackage: z.strictObject({ revision: z.number().int().nonnegative(), by, reply }),
  withholdFiles: z.strictObject({
    files: z.array(text).min(1),
    reason: text,
    cite: z.string().optional(),
    by,
    reply,
  }),
  withdraw: z.strictObject({ reason: text, by, reply }),
  continueRequest: z.strictObject({ reason: text, by, reply }),
  correctRequest: z
    .strictObject({
      law: text.optional(),
      residence: z
        .strictObject({
          country: z
            .string()
            .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters, such as "DE"'),
          region: z.string().optional(),
        })
        .optional(),
      receivedAt: moment.optional(),
      reason: z.string().optional(),
      by,
      reply,
    })
    .refine(
      (it) => (it.law ?? it.residence ?? it.receivedAt) !== undefined,
      'must name law, residence or receivedAt',
    ),
  replan: z.strictObject({ accept: z.boolean().default(false), by, reply }),
  feeRequested: z.strictObject({ at: moment.optional(), note: z.string().optional(), by }),
  feePaid: z.strictObject({ at: moment.optional(), note: z.string().optional(), by }),
} as const;

export type MessageName = keyof typeof messages;
export type Message<Name extends MessageName> = z.output<(typeof messages)[Name]>;
export type MessageInput<Name extends MessageName> = z.input<(typeof messages)[Name]>;

/** One good example of each message, as documentation and help print it. */
export const examples: { readonly [Name in MessageName]: MessageInput<Name> } = {
  identityConfirmed: { identifiers: ['emails[0]'], method: 'code by e-mail', by: 'web-form' },
  identityRejected: { reason: 'the code was not entered', by: 'web-form' },
  clarificationRequested: { note: 'which account is meant?', by: 'privacy team' },
  clarificationReceived: { note: 'the account of 2024', by: 'privacy team' },
  vendorResponded: { system: 'acme-mail', outcome: 'nothing-held', by: 'privacy@acme.example' },
  retractAnswer: {
    system: 'acme-mail',
    answerId: 'acme-mail-1',
    reason: 'the export was of another person',
    by: 'privacy team',
  },
  decideMatch: {
    decisions: [
      {
        partyId: 'P-1',
        dataSpace: 'default',
        include: true,
        reason: 'the customer number was checked',
      },
    ],
    by: 'privacy team',
  },
  extendDeadline: { reason: 'complex', noticeSentAt: '2026-12-01', by: 'privacy team' },
  retrySystem: { system: 'crm', by: 'privacy team' },
  skipSystem: { system: 'acme-mail', reason: 'the contract ended in 2024', by: 'privacy team' },
  approvePackage: { revision: 3, by: 'privacy team' },
  withholdFiles: {
    files: ['systems/acme-mail/1/notes.txt'],
    reason: 'names a third person',
    cite: 'GDPR Art. 15(4)',
    by: 'privacy team',
  },
  withdraw: { reason: 'the subject no longer wants the copy', by: 'privacy team' },
  continueRequest: { reason: 'the button was pressed by mistake', by: 'privacy team' },
  correctRequest: {
    residence: { country: 'AT' },
    reason: 'the address was read wrongly',
    by: 'privacy team',
  },
  replan: { by: 'privacy team' },
  feeRequested: { note: 'CHF 200, for an archive search', by: 'privacy team' },
  feePaid: { by: 'privacy team' },
};

/**
 * What each message does, and which order takes it back. `respondForVendor` is `vendorResponded` as
 * an order.
 */
export const descriptions: { readonly [Name in MessageName | 'respondForVendor']: string } = {
  identityConfirmed:
    'Identity was confirmed for the identifiers named; without "identifiers" for the only one ' +
    'there is. Taken back by identityRejected.',
  identityRejected:
    'Identity could not be confirmed: the request ends as refused, and nothing is packaged. Not taken back.',
  vendorResponded:
    'A vendor answered; what Dossier reads by itself is no vendor. Its files lie in the inbox ' +
    'of the request and system, or are not opened. Never refused; the status says what became ' +
    'of it. Taken back by retractAnswer.',
  clarificationRequested:
    'The subject was asked what is meant. Stops the clock where the law allows. Ended by ' +
    'clarificationReceived.',
  clarificationReceived: 'The subject has clarified: the clock goes on.',
  feeRequested:
    'The subject was told that a fee is asked. Moves the clock where the law says so. Ended by feePaid.',
  feePaid: 'The subject has paid or agreed to the fee.',
  respondForVendor: 'As vendorResponded, but checked and answered. Taken back by retractAnswer.',
  retractAnswer:
    'Takes an answer back: the system waits again and its files leave the package. Answer ' +
    'again by respondForVendor.',
  decideMatch:
    'Decides which found profiles are the subject. Decide again to change it, until every ' +
    'profile is decided.',
  extendDeadline:
    'Extends the deadline where the law allows, for one of its reasons; counts once ' +
    'noticeSentAt is given. "until" names the new day where the law leaves it open. Not taken back.',
  retrySystem: 'Asks a system anew. Taken back by skipSystem.',
  skipSystem: 'Goes on without a system; it becomes a gap. Taken back by retrySystem.',
  approvePackage: 'Approves what is to be delivered, by its revision. Taken back by withdraw.',
  withholdFiles:
    'Keeps files out of the package, with a reason; it becomes a gap. Taken back by withdraw only.',
  continueRequest:
    'Goes on with a request that was cancelled in Temporal, or reads and answers once more ' +
    'one that was reset there. Taken back by withdraw.',
  correctRequest:
    'Corrects law, residence or day of receipt before delivery; every date is planned anew. ' +
    'Correct again to change it.',
  replan:
    'Shows how the dates would change under the present laws and holidays; with "accept", ' +
    'takes what was shown. Not taken back.',
  withdraw: 'Ends the request: links are revoked, vendors told, files deleted. Not taken back.',
};
