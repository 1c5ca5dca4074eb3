import * as z from 'zod';

const count = z.number().int().nonnegative();

/**
 * Facts that nobody outside Salesforce knows for certain, or that differ between orgs. Each has a
 * default.
 */
export const wire = z.strictObject({
  /**
   * The forms of Data Cloud's values: Hyper's (`1.500000000000000000`,
   * `2026-01-05T10:00:00+00:00`), or PostgreSQL's.
   */
  engineForms: z.enum(['hyper', 'postgres']).default('hyper'),
  /** The status of an accepted `POST …/ssot/query-sql`. */
  querySqlStatus: z.literal([200, 201]).default(201),
  /**
   * Where the response to `GET …/ssot/query-sql/{id}` has its status: at the top, or below `status`
   * as in the response to `POST`.
   */
  querySqlState: z.enum(['flat', 'nested']).default('flat'),
  /** How Query Connect reports an SQL state: as JSON in the message, or within a text. */
  querySqlErrors: z.enum(['json', 'text']).default('json'),
  /**
   * What names the source of a stream: the data source and the connection in the connector's
   * details, only the connection, or a name on the connector.
   */
  streamSource: z.enum(['data-source', 'details', 'connector']).default('data-source'),
  /** Whether an identical query returns the kept result of the one before, with the same ID. */
  sharedResults: z.boolean().default(false),
  /** The longest validity of an assertion of the JWT bearer flow, in minutes. */
  assertionMinutes: count.min(1).default(60),
  /** The format of IDs of V2 batches: the one since August 2026, or the one before. */
  v2BatchIds: z.enum(['opaque', 'uuid']).default('opaque'),
  /** Rows of V2 as arrays, or as objects as in old tenants. */
  v2Rows: z.enum(['arrays', 'objects']).default('arrays'),
  /** Seconds after which an unread batch is lost. */
  v2BatchSeconds: count.default(180),
  /** Seconds after which a whole V2 result is lost. */
  v2ResultSeconds: count.default(3_600),
  /** The status for a V2 batch that is lost or was read before. */
  v2LostBatchStatus: z.literal([400, 404, 410]).default(404),
  /** The headers with the status of V3. */
  v3StatusHeader: z.enum(['both', 'x-hyperdb-status', 'status']).default('both'),
  /** Counts in V3's status, as texts or as numbers. */
  v3Counts: z.enum(['texts', 'numbers']).default('texts'),
  /** Progress from 0 to 1, or from 0 to 100. */
  v3Progress: z.enum(['fraction', 'percent']).default('fraction'),
  /** Column names of V3 as in the query, or in lower case. */
  v3ColumnNames: z.enum(['as-asked', 'lower']).default('as-asked'),
  /**
   * Refuses every exchange for a tenant token, as an org without Data Cloud does, or an app without
   * the scope.
   */
  exchangeRefusal: z.strictObject({ error: z.string(), description: z.string() }).optional(),
});

/** The limits on calls. */
export const limits = z.strictObject({
  /** Calls of the core plane in 24 hours. */
  dailyApiRequests: count.default(1_000_000),
  /** Concurrent calls of the tenant plane. */
  tenantConcurrent: count.min(1).default(15),
  /**
   * Queries per minute to Query Connect and to V3, each. Further ones get 429. By default there is
   * no limit.
   */
  queriesPerMinute: count.optional(),
  /** A second, smaller allowance for one app, which the header names. */
  perApp: z.strictObject({ name: z.string(), max: count }).optional(),
});

export type Wire = z.output<typeof wire>;
export type Limits = z.output<typeof limits>;
