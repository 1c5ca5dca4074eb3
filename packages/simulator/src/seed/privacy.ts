import * as z from 'zod';

const count = z.number().int().nonnegative();

/** How a portability drop ends: all its objects come, some of them, or none ever. */
export const dropOutcome = z.enum(['complete', 'partial', 'never']);

/**
 * Where and how a portability drop is written. Salesforce documents neither names, nor a format,
 * nor a time.
 */
export const drop = z.strictObject({
  /**
   * An S3 server that objects are PUT to, path-style, such as `http://127.0.0.1:9000`; the
   * simulator's own if left out.
   */
  endpoint: z.url({ protocol: /^https?$/ }).nullish(),
  /**
   * The folder of the simulator's own server, which holds `<bucket>/<key>`. `drops` in its own
   * folder if left out.
   */
  folder: z.string().optional(),
  delaySeconds: z.number().nonnegative().default(0),
  outcome: dropOutcome.default('complete'),
  /** Other outcomes by individual ID. */
  outcomes: z.record(z.string(), dropOutcome).default({}),
  format: z.enum(['csv', 'json']).default('csv'),
  /**
   * The key of an object's file: `{folder}`, `{id}`, `{dataSpace}`, `{object}` and `{format}` are
   * filled in.
   */
  key: z.string().default('{folder}/{id}/{dataSpace}/{object}.{format}'),
  /** The key of a list of the files, written last; null for none. */
  manifestKey: z.string().nullable().default('{folder}/{id}/manifest.json'),
});

/** The Consent API of Data Cloud. */
export const consent = z.strictObject({
  /** Whether the user may call it. */
  permission: z.boolean().default(true),
  /** What was set before, by individual ID and action. */
  state: z
    .record(
      z.string(),
      z.partialRecord(
        z.enum(['processing', 'portability', 'shouldforget']),
        z.enum(['optin', 'optout']),
      ),
    )
    .default({}),
  /** IDs in one call, at most. */
  maxIds: count.min(1).default(200),
  /** Several IDs, of which some are unknown: an entry for each, or one failure for all. */
  severalIds: z.enum(['each', 'all-or-none']).default('each'),
  /** The shape of a successful write. */
  writeShape: z.enum(['cdpResult', 'ids']).default('cdpResult'),
  /** Whether the drop of a person whose processing is restricted holds their rows. */
  restrictedDrop: z.enum(['full', 'empty']).default('full'),
  drop: drop.prefault({}),
});

/** Privacy Center. */
export const privacyCenter = z.strictObject({
  /** Active portability policies by name, with the objects that may be their root. */
  policies: z
    .record(z.string(), z.array(z.string()))
    .default({ ConsumerAccess: ['Contact', 'Lead', 'Account', 'Individual', 'User'] }),
  permission: z.boolean().default(true),
  /** Status calls that still say `In Progress`. */
  completesAfterPolls: count.default(1),
  /** Seconds until the file is there, in place of a number of calls. */
  completesAfterSeconds: z.number().nonnegative().optional(),
  /** Data subjects whose file cannot be made. */
  fails: z.array(z.string()).default([]),
  /** Which credential the download takes. */
  download: z.enum(['both', 'bearer', 'sid']).default('both'),
  format: z.enum(['zip', 'json']).default('zip'),
  expiresAfterDays: count.default(60),
  /**
   * Spelling of the members: as in the samples (`policyFileUrl`), or as in the table
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
