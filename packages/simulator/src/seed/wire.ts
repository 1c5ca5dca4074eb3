import * as z from 'zod';

const count = z.number().int().nonnegative();

/**
 * What nobody outside Salesforce knows for certain, or what differs among orgs. Each has a default.
 */
export const wire = z.strictObject({
  /**
   * Data Cloud's values as Hyper writes them (`1.500000000000000000`, `2026-01-05T10:00:00+00:00`),
   * or as PostgreSQL.
   */
  engineForms: z.enum(['hyper', 'postgres']).default('hyper'),
  /** Status of an accepted `POST …/ssot/query-sql`. */
  querySqlStatus: z.literal([200, 201]).default(201),
  /**
   * Where the answer to `GET …/ssot/query-sql/{id}` tells its status: at its top, or below `status`
   * as that to `POST` does.
   */
  querySqlState: z.enum(['flat', 'nested']).default('flat'),
  /** How Query Connect tells an SQL state: as JSON in the message, or amid a text. */
  querySqlErrors: z.enum(['json', 'text']).default('json'),
  /**
   * What names a stream's source: the data source and the connection among the connector's details,
   * the latter alone, or a name on the connector.
   */
  streamSource: z.enum(['data-source', 'details', 'connector']).default('data-source'),
  /**
   * Whether an identical query gives the result that is kept of the one before, with its
   * identifier.
   */
  sharedResults: z.boolean().default(false),
  /** Minutes that an assertion of the JWT bearer flow may be good for. */
  assertionMinutes: count.min(1).default(60),
  /** Identifiers of V2 batches: the format since August 2026, or the one before. */
  v2BatchIds: z.enum(['opaque', 'uuid']).default('opaque'),
  /** Rows of V2 as arrays, or as objects like those of old tenants. */
  v2Rows: z.enum(['arrays', 'objects']).default('arrays'),
  /** Seconds until a batch that nobody fetched is lost. */
  v2BatchSeconds: count.default(180),
  /** Seconds until a whole V2 result is lost. */
  v2ResultSeconds: count.default(3_600),
  /** Status for a V2 batch that is lost or was fetched already. */
  v2LostBatchStatus: z.literal([400, 404, 410]).default(404),
  /** In which headers V3 tells its status. */
  v3StatusHeader: z.enum(['both', 'x-hyperdb-status', 'status']).default('both'),
  /** Counts in V3's status, as texts or as numbers. */
  v3Counts: z.enum(['texts', 'numbers']).default('texts'),
  /** Progress from 0 to 1, or to 100. */
  v3Progress: z.enum(['fraction', 'percent']).default('fraction'),
  /** Column names of V3 as they were asked for, or in lower case. */
  v3ColumnNames: z.enum(['as-asked', 'lower']).default('as-asked'),
  /**
   * Refuses every exchange for a tenant token, as an org without Data Cloud or an app without the
   * scope does.
   */
  exchangeRefusal: z.strictObject({ error: z.string(), description: z.string() }).optional(),
});

/** How many calls are allowed. */
export const limits = z.strictObject({
  /** Calls of the core plane in 24 hours. */
  dailyApiRequests: count.default(1_000_000),
  /** Calls of the tenant plane at the same time. */
  tenantConcurrent: count.min(1).default(15),
  /**
   * Queries submitted to Query Connect and to V3 in a minute, each; more are answered 429. No limit
   * if left out.
   */
  queriesPerMinute: count.optional(),
  /** A second, smaller allowance that the header names, of one app. */
  perApp: z.strictObject({ name: z.string(), max: count }).optional(),
});

/** What nobody knows for certain. */
export type Wire = z.output<typeof wire>;
/** How many calls are allowed. */
export type Limits = z.output<typeof limits>;
