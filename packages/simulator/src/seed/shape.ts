import * as z from 'zod';
import { accountEngagement, b2cCommerce, marketingCloud, personalization } from './clouds.ts';
import { consent, privacyCenter } from './privacy.ts';
import { limits, wire } from './wire.ts';

/**
 * A cell of a seed's row. `digits` keeps a number as text, because it may have more digits than a
 * double holds.
 */
export type Cell = string | boolean | null | { readonly digits: string };
/** One row, by field. */
export type Row = Readonly<Record<string, Cell>>;

const fieldType = z.enum(['STRING', 'NUMBER', 'DATE', 'DATETIME', 'BOOLEAN']);
const count = z.number().int().nonnegative();

const objectNotes = z.strictObject({
  label: z.string().optional(),
  category: z.enum(['Profile', 'Engagement', 'Related']).optional(),
  /** By field: its label, or label, type and key qualifier. */
  fields: z
    .record(
      z.string(),
      z.union([
        z.string(),
        z.strictObject({
          label: z.string().optional(),
          type: fieldType.optional(),
          keyQualifier: z.string().optional(),
        }),
      ]),
    )
    .optional(),
  primaryKey: z.string().optional(),
  relationships: z
    .array(
      z.strictObject({
        field: z.string(),
        to: z.string(),
        toField: z.string().optional(),
        cardinality: z.enum(['NTOONE', 'ONETOONE']).optional(),
        active: z.boolean().optional(),
      }),
    )
    .optional(),
  /**
   * Whether the object was made in this org. By default true if it is not in the standard model.
   */
  custom: z.boolean().optional(),
  /** False for an object without rows that nobody switched on. */
  enabled: z.boolean().optional(),
});

const generated = z.strictObject({
  count: count.max(50_000_000, 'must be 50000000 at most'),
  /** The person of every row, or several people in turn. */
  partyId: z.union([z.string(), z.array(z.string())]).optional(),
  keyQualifier: z.string().optional(),
  dataSource: z.string().optional(),
  /** Values of further fields. In texts, `{n}` is replaced by the row's number, counted from 1. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

const people = z
  .strictObject({
    count: count.min(1).max(1_000_000, 'must be 1000000 at most'),
    /** Orders, mails and visits of each person, besides their profiles and contact points. */
    rowsPerPerson: count.max(1_000_000, 'must be 1000000 at most').default(20),
    /** The same number makes the same people. */
    randomSeed: count.max(2_147_483_647, 'must be 2147483647 at most').default(1),
    dataSpace: z.string().default('default'),
  })
  .refine(
    ({ count: persons, rowsPerPerson }) => persons * rowsPerPerson <= 50_000_000,
    'must make 50000000 rows at most',
  );

const vendorNotes = z.strictObject({
  kind: z.literal('opendsr', 'must be "opendsr"'),
  identities: z
    .array(z.strictObject({ type: z.string(), format: z.enum(['raw', 'sha1', 'md5', 'sha256']) }))
    .optional(),
  requestTypes: z.array(z.enum(['access', 'portability', 'erasure'])).optional(),
  /**
   * The number of status calls after which a request is completed. From the first one it is
   * `in_progress`. The default is 1.
   */
  completesAfterPolls: count.optional(),
  /** Seconds until a request is completed, instead of a number of polls. */
  completesAfterSeconds: z.number().nonnegative().optional(),
  /**
   * `answers` (default), `refuses` (cancels every request at the first poll), or `silent` (pending
   * for ever).
   */
  behaviour: z.enum(['answers', 'refuses', 'silent']).optional(),
  /** The default is seven days. */
  resultsExpireAfterSeconds: z.number().nonnegative().optional(),
  /** How responses are signed. The default is `rsa-pkcs1`. */
  signature: z.enum(['rsa-pkcs1', 'rsa-pss', 'none']).optional(),
  /** The second version of the specification (default), its first one, or mParticle's third. */
  dialect: z.enum(['opendsr-2', 'opengdpr-1', 'mparticle-3']).optional(),
  /** The path of requests, instead of the dialect's own. */
  requestsPath: z.enum(['requests', 'opengdpr_requests', 'opendsr_requests']).optional(),
  /** The response to a cancellation: 202 with a body (default), or 204. */
  cancels: z.enum(['body', 'empty']).optional(),
  /**
   * Rows by raw identity value (an e-mail address or a customer ID). Anyone not listed is unknown.
   */
  results: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).optional(),
});

/** What a fault does instead of the response, or before it. */
export const faultKind = z.enum([
  'unauthorized',
  'forbidden',
  'limit',
  'too-many',
  'unavailable',
  'html',
  'drop',
  'cut',
  'slow',
  'unknown-error',
  'bad-request',
  'server-error',
  'foreign',
  'gone',
  'not-found',
  'conflict',
  'locked',
  'too-long',
  'login-page',
  'error-in-200',
  'lost-answer',
]);

/** A fault, in a seed or from the control endpoint. */
export const fault = z.strictObject({
  /**
   * A regular expression for `<plane> <method> <path>`, such as `core POST .*query-sql`. The path
   * has no query string.
   */
  match: z.string().refine(isPattern, 'must be a regular expression'),
  kind: faultKind,
  /** The number of calls that it hits. By default every call. */
  times: count.optional(),
  /** The number of matching calls that pass before the first hit. */
  after: count.optional(),
  /** Seconds in `Retry-After`. */
  retryAfter: count.optional(),
  /** For `slow`: the delay of the response. The default is one second. */
  delayMs: count.optional(),
});

const paging = z.strictObject({
  /** Rows in the response to a submitted query. */
  firstPage: count.min(1),
  /** The most rows in a later page. */
  page: count.min(1),
  /** The most bytes in a page. */
  pageBytes: count.min(1),
  /** The most records in a page of SOQL. */
  soqlPage: count.min(1),
  /** The number of plain status calls that still return `Running` for a result of several pages. */
  runningPolls: count,
});

const bulk = z.strictObject({
  /** The number of status calls that still return `InProgress` for a job. */
  inProgressPolls: count.default(1),
  /** A regular expression for SOQL. Jobs with a matching query fail. */
  fails: z.string().refine(isPattern, 'must be a regular expression').optional(),
});

/** All of a seed except its rows. Unknown keys are refused. */
export const seedNotes = z.strictObject({
  metadata: z.record(z.string(), objectNotes).default({}),
  generate: z.record(z.string(), z.record(z.string(), generated)).default({}),
  /** People that PostgreSQL generates. */
  people: people.optional(),
  vendors: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be letters, digits, "_" or "-"'),
      vendorNotes,
    )
    .default({}),
  faults: z.array(fault).default([]),
  /**
   * By data space, the party IDs whose rows queries do not return, because their processing is
   * restricted.
   */
  restricted: z.record(z.string(), z.array(z.string())).default({}),
  paging: paging.partial().default({}),
  bulk: bulk.prefault({}),
  limits: limits.prefault({}),
  wire: wire.prefault({}),
  consent: consent.prefault({}),
  privacyCenter: privacyCenter.optional(),
  marketingCloud: marketingCloud.optional(),
  accountEngagement: accountEngagement.optional(),
  b2cCommerce: b2cCommerce.optional(),
  personalization: personalization.optional(),
});

/** The seed's notes about an object that is not in the standard model, or differs there. */
export type ObjectNotes = z.output<typeof objectNotes>;
/** Rows that PostgreSQL generates. */
export type Generated = z.output<typeof generated>;
/** People that PostgreSQL generates. */
export type PeopleNotes = z.output<typeof people>;
/** A vendor that speaks OpenDSR. */
export type VendorNotes = z.output<typeof vendorNotes>;
/** A vendor's rows by identity. Each is JSON text, so long numbers keep their digits. */
export type VendorRows = Readonly<Record<string, readonly string[]>>;
export type Fault = z.output<typeof fault>;
export type BulkNotes = z.output<typeof bulk>;
/** How results are cut into pages. */
export type Paging = z.output<typeof paging>;

type RowsByObject = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** A seed as in its JSON file. */
export type Seed = z.input<typeof seedNotes> & {
  /** Rows by data space and object. */
  readonly dataCloud?: Readonly<Record<string, RowsByObject>>;
  /** Records by sObject. */
  readonly core?: RowsByObject;
};

/** A checked seed. */
export type CheckedSeed = Omit<z.output<typeof seedNotes>, 'paging'> & {
  readonly dataCloud: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>>;
  readonly core: Readonly<Record<string, readonly Row[]>>;
  readonly vendorRows: Readonly<Record<string, VendorRows>>;
  /** Whether the buckets of portability drops are served. */
  readonly servesBuckets: boolean;
  readonly paging: Paging;
};

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}
