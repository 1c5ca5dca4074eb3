import * as z from 'zod';

const identifierRef = /^(emails|phones|partyIds)\[\d+\]$|^externalIds\.[\w.-]+$/;

/** The name of one identifier of the subject, such as `emails[0]` or `externalIds.loyalty`. */
export const identifierName = z
  .string()
  .regex(identifierRef, 'must name an identifier, such as "emails[0]"');

const days = z.string().regex(/^\d{1,4}d$/, 'must be a number of days such as "30d"');

/**
 * What a request's policy may set; a name in `policies:` or an object that overrides fields of
 * `default`.
 */
export const policyFields = z.strictObject({
  systems: z
    .array(z.string())
    .describe(
      'Vendors that are always asked; others are asked where a found profile comes from one ' +
        'of their `dataSources`.',
    ),
  cutOff: days.describe(
    'Working days before the answer date at which collecting ends: what is missing ' +
      'becomes a gap.',
  ),
  remind: z
    .array(days)
    .describe(
      "Days before a vendor's date at which it is reminded; also before a wait of an " +
        'operator, or of the subject for proof of identity, ends.',
    ),
  lateWait: days.describe(
    'Days that a request which comes after its own cut-off still waits; at most as many ' +
      'have systems that could be asked at the cut-off only; also how long late answers are ' +
      'gathered. It never leads past the answer date: collecting ends a day before the ' +
      'answer is due, or, on the last day, when half of what is left of it has passed, ' +
      'after six hours at the most. Where the answer is overdue already it is a day at the ' +
      'most.',
  ),
  reviewPackage: z.boolean().describe('Whether an operator approves before anything is sent.'),
  maxProfiles: z
    .number()
    .int()
    .positive()
    .describe('More profiles than this are reviewed by an operator.'),
  reviewIdOnly: z
    .boolean()
    .describe(
      'Whether an operator looks at profiles to which only IDs lead (`partyIds`, ' +
        '`externalIds`), and no confirmed e-mail address or phone number.',
    ),
  retention: days.describe(
    "Days after the last delivery, a supplement's too, at which everything is deleted.",
  ),
});
export type Policy = z.infer<typeof policyFields>;

/** The values if `dossier.yaml` sets none. */
export const DEFAULT_POLICY: Policy = {
  systems: [],
  cutOff: '3d',
  remind: ['7d', '3d', '1d'],
  lateWait: '3d',
  reviewPackage: false,
  maxProfiles: 20,
  reviewIdOnly: true,
  retention: '30d',
};

/**
 * An address as people have them: one `@` and something on both sides. Internationalized ones (RFC
 * 6531) and old ones with two dots in a row are accepted, because sources hold them. Control
 * characters are refused. Letters that only look like an ASCII letter are refused too, because they
 * would be compared as one: the confirmed address would then not be the one that is searched for.
 */
const emailAddress = z
  .string()
  .trim()
  .max(320, 'may hold 320 characters at most')
  .regex(
    /^[^@\p{Cc}\p{Zl}\p{Zp}]+@[^@\s\p{Cc}]+$/u,
    'must be an e-mail address: one "@", and something on both sides',
  )
  .refine(
    (it) =>
      !Array.from(it.slice(0, it.indexOf('@'))).some(
        (letter) => letter > '\u007f' && letter.normalize('NFC').toLowerCase() < '\u0080',
      ),
    'holds a letter that only looks like another one',
  );

const subject = z.strictObject({
  emails: z.array(emailAddress).default([]),
  phones: z.array(z.string().min(3)).default([]),
  partyIds: z.array(z.string().min(1)).default([]),
  externalIds: z.record(z.string().regex(/^[\w.-]+$/), z.string().min(1)).default({}),
  name: z.string().optional(),
});

const receivedAt = z.union(
  [z.iso.datetime({ offset: true }), z.iso.date()],
  'must be an instant with an offset, such as 2026-11-23T10:15:00+01:00, or a day, such as 2026-11-23',
);

/** The input of `dataAccessRequest`: plain JSON, unknown keys refused. */
export const requestInput = z.strictObject({
  requestId: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
      'must be 1 to 64 letters, digits, "_" or "-", the first a letter or digit; it is a file ' +
        'name and visible, so no personal data',
    ),
  type: z.enum(['access', 'portability']),
  subject,
  law: z.string().optional(),
  residence: z
    .strictObject({
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters, such as "DE"'),
      region: z.string().optional(),
    })
    .optional(),
  receivedAt,
  identity: z
    .union(
      [
        z.literal('confirmed'),
        z.literal('required'),
        z.strictObject({ confirmed: z.array(identifierName) }),
      ],
      'must be "confirmed", "required" or {"confirmed": ["emails[0]"]}',
    )
    .default('required'),
  delivery: z
    .strictObject({ to: z.enum(['directory'], 'must be "directory"; other ways come later') })
    .default({ to: 'directory' }),
  entity: z.enum(['organisation', 'agency']).optional(),
  timeZone: z.string().optional(),
  language: z.string().optional(),
  requestedBy: z.enum(['subject', 'agent', 'guardian']).optional(),
  continues: z.string().optional(),
  policy: z.union([z.string(), policyFields.partial()]).optional(),
});
/** A request as callers send it. */
export type RequestInput = z.input<typeof requestInput>;
/** A request after the input check, defaults filled in. */
export type CheckedRequest = z.output<typeof requestInput>;
export type Subject = CheckedRequest['subject'];

/** One identifier of the subject, with the name that status and messages use for it. */
export interface Identifier {
  /** `emails[0]`, `phones[1]`, `partyIds[0]` or `externalIds.<name>`. */
  readonly name: string;
  readonly kind: 'email' | 'phone' | 'party-id' | 'external-id';
  readonly value: string;
}

/** Every identifier of a subject, in the order of the input. */
export function identifiersOf(subject: Subject): Identifier[] {
  const list = (kind: Identifier['kind'], field: string, values: readonly string[]) =>
    values.map((value, index): Identifier => ({ name: `${field}[${index}]`, kind, value }));
  return [
    ...list('email', 'emails', subject.emails),
    ...list('phone', 'phones', subject.phones),
    ...list('party-id', 'partyIds', subject.partyIds),
    ...Object.entries(subject.externalIds).map(([name, value]): Identifier => ({
      name: `externalIds.${name}`,
      kind: 'external-id',
      value,
    })),
  ];
}
