import * as z from 'zod';

const count = z.number().int().nonnegative();

/** How a portability drop ends: all its objects come, or some, or none. */
export const dropOutcome = z.enum(['complete', 'partial', 'never']);

/**
 * Where and how a portability drop is written. Salesforce documents neither names nor a format nor
 * a time.
 */
export const drop = z.strictObject({
  /**
   * An S3 server for the PUT of objects, path-style, such as `http://127.0.0.1:9000`. By default
   * the simulator's own.
   */
  endpoint: z.url({ protocol: /^https?$/ }).nullish(),
  /**
   * The folder of the simulator's own server, with `<bucket>/<key>`. By default `drops` in the
   * simulator's folder.
   */
  folder: z.string().optional(),
  delaySeconds: z.number().nonnegative().default(0),
  outcome: dropOutcome.default('complete'),
  /** Other outcomes by individual ID. */
  outcomes: z.record(z.string(), dropOutcome).default({}),
  format: z.enum(['csv', 'json']).default('csv'),
  /**
   * The key of an object's file. `{folder}`, `{id}`, `{dataSpace}`, `{object}` and `{format}` are
   * replaced.
   */
  key: z.string().default('{folder}/{id}/{dataSpace}/{object}.{format}'),
  /** The key of a list of the files, written last. Null for none. */
  manifestKey: z.string().nullable().default('{folder}/{id}/manifest.json'),
});

/** The Consent API of Data Cloud. */
export const consent = z.strictObject({
  /** Whether the user may call it. */
  permission: z.boolean().default(true),
  /** The state at the start, by individual ID and action. */
  state: z
    .record(
      z.string(),
      z.partialRecord(
        z.enum(['processing', 'portability', 'shouldforget']),
        z.enum(['optin', 'optout']),
      ),
    )
    .default({}),
  /** The most IDs in one call. */
  maxIds: count.min(1).default(200),
  /** The response for several IDs with unknown ones: an entry for each, or one failure for all. */
  severalIds: z.enum(['each', 'all-or-none']).default('each'),
  /** The shape of a successful write. */
  writeShape: z.enum(['cdpResult', 'ids']).default('cdpResult'),
  /** Whether the drop of a person with restricted processing has their rows. */
  restrictedDrop: z.enum(['full', 'empty']).default('full'),
  drop: drop.prefault({}),
});

/** Privacy Center. */
export const privacyCenter = z.strictObject({
  /** Active portability policies by name, with the objects that can be their root. */
  policies: z
    .record(z.string(), z.array(z.string()))
    .default({ ConsumerAccess: ['Contact', 'Lead', 'Account', 'Individual', 'User'] }),
  permission: z.boolean().default(true),
  /** The number of status calls that still return `In Progress`. */
  completesAfterPolls: count.default(1),
  /** Seconds until the file is ready, instead of a number of calls. */
  completesAfterSeconds: z.number().nonnegative().optional(),
  /** Data subjects whose file fails. */
  fails: z.array(z.string()).default([]),
  /** The credential that the download accepts. */
  download: z.enum(['both', 'bearer', 'sid']).default('both'),
  format: z.enum(['zip', 'json']).default('zip'),
  expiresAfterDays: count.default(60),
  /**
   * The spelling of the members: as in the samples (`policyFileUrl`), or as in the table
   * (`policyFileURL`).
   */
  spelling: z.enum(['Url', 'URL']).default('Url'),
});

/** Where and how a portability drop is written. */
export type Drop = z.output<typeof drop>;
/** The Consent API of Data Cloud. */
export type ConsentNotes = z.output<typeof consent>;
/** Privacy Center. */
export type PrivacyCenterNotes = z.output<typeof privacyCenter>;
