import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { complaintsOf } from '../contract/complaints.ts';
import type { Complaint } from '../contract/contract.ts';
import { idReason, IDENTIFIERS, MOST_IDENTIFIERS } from '../contract/input-limits.ts';
import { ACCEPTED } from '../contract/plan.ts';
import { configuredPolicy } from '../contract/policy.ts';

const SECRET = /^\$\{([A-Z_][A-Z0-9_]*)\}$/;
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const secretKeys = /^(clientSecret|token|password|secret|privateKey|apiKey|secretAccessKey)$/;
const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be letters, digits, "_" or "-"; no ":"')
  // Requests keep what they know of a system under its ID.
  .refine((it) => !(it in {}), 'is a name that every JavaScript object has; give another')
  .superRefine((it, context) => {
    const reason = idReason(it);
    if (reason !== undefined) context.addIssue({ code: 'custom', message: reason });
  });

/** One system: the entry's own fields; what else it holds is checked by its connector. */
const system = z.looseObject({
  id,
  connector: z.string(),
  dataSources: z.array(z.string()).default([]),
  instructions: z.string().optional(),
});

const policyName = z
  .string()
  .max(64, 'may hold 64 characters at most')
  .refine((it) => !(it in {}), 'is a name that every JavaScript object has; give another');
/**
 * A policy. `overridable`: what the JSON of a request may loosen: everything, or these fields.
 * Without it a request tightens only.
 */
const policy = configuredPolicy;

const salesforce = z
  .strictObject({
    /** My Domain: `https://acme.my.salesforce.com`. */
    loginUrl: z.url(),
    clientId: z.string(),
    /** Client credentials flow. */
    clientSecret: z.string().optional(),
    /** JWT bearer flow: a PEM file and the user it stands for. */
    privateKeyFile: z.string().optional(),
    username: z.string().optional(),
    /** The audience of the JWT; the login URL by default. */
    audience: z.string().optional(),
    apiVersion: z
      .string()
      .regex(/^\d{2}\.0$/)
      .default('67.0'),
    dataSpaces: z.array(z.string()).default(['default']),
    rulesets: z.union([z.literal('auto'), z.array(z.string())]).default('auto'),
    /** Objects that are never exported, by API name; they are listed in every package. */
    exclude: z.array(z.string()).default([]),
    /** A PEM file of a certificate authority to trust besides the known ones. */
    ca: z.string().optional(),
    /**
     * Which API runs queries in Data Cloud: Query Connect, V3 or V2; `auto`: the first of them that
     * the org has.
     */
    query: z.enum(['auto', 'connect', 'v3', 'v2']).default('auto'),
    /** How long what metadata tell of a data space is kept, before it is read anew. */
    discoverEvery: z
      .string()
      .regex(/^\d{1,3}[mhd]$/, 'must be a time such as "24h"')
      .default('24h'),
    /** The share of the org's API calls in 24 hours that stays free for others. */
    keepFree: z
      .string()
      .regex(/^\d{1,2}%$/, 'must be a share such as "20%"')
      .default('20%'),
    /** How long to wait before asking again where the allowance or the share is spent. */
    limitWait: z
      .string()
      .regex(/^\d{1,4}[smh]$/, 'must be a time such as "15m"')
      .default('15m'),
  })
  .refine(
    (it) => (it.clientSecret === undefined) !== (it.privateKeyFile === undefined),
    'needs either clientSecret (client credentials) or privateKeyFile and username (JWT bearer)',
  );

const FILE_GIB = 8;
const configuration = z.strictObject({
  version: z.literal(1),
  salesforce: salesforce.optional(),
  /**
   * Connectors of the company's own, by name: the path of a JavaScript module each, relative to
   * this file.
   */
  connectors: z
    .record(
      z
        .string()
        .regex(
          /^[a-z][a-z0-9-]{0,63}$/,
          'must be small letters, digits and "-", the first a letter',
        ),
      z.string().min(1),
    )
    .default({}),
  systems: z.array(system).default([]),
  /** Clouds that are not used, with who said so and when. */
  notUsed: z.record(z.string(), z.string().min(3)).default({}),
  policies: z.record(policyName, policy).default({}),
  storage: z.strictObject({ directory: z.string() }),
  /**
   * Identifiers (addresses, numbers, IDs) that one request may hold: each costs look-ups in every
   * data space.
   */
  limits: z
    .strictObject({
      identifiers: z.number().int().min(1).max(MOST_IDENTIFIERS).default(IDENTIFIERS),
      /**
       * GiB of one file that a vendor or a cloud hands over; a larger one is a named gap, or
       * quarantined.
       */
      fileGiB: z.number().positive().max(1024).default(FILE_GIB),
    })
    .default({ identifiers: IDENTIFIERS, fileGiB: FILE_GIB }),
  /**
   * What is taken that was sent in clear, without the codec. Frozen into a request when it is
   * planned.
   */
  accept: z
    .strictObject({ clear: z.enum(ACCEPTED, 'must be never, input or all') })
    .default({ clear: 'all' }),
  /** Where the controller acts: its zone and holidays, where the law asks for them. */
  controller: z
    .strictObject({
      country: z.string().regex(/^[A-Z]{2}$/),
      region: z.string().optional(),
      timeZone: z.string().optional(),
      name: z.string().optional(),
    })
    .optional(),
  /**
   * Letters to the subject: the company's own wording, the language where it is not known, an
   * address for questions, and an authority to name in all of them.
   */
  notices: z
    .strictObject({
      directory: z.string().optional(),
      language: z.string().optional(),
      contact: z.string().optional(),
      authority: z
        .strictObject({
          name: z.string(),
          web: z.url(),
          address: z.string().optional(),
          phone: z.string().optional(),
        })
        .optional(),
    })
    .default({}),
  /** Only what the `TEMPORAL_*` variables do not say. */
  temporal: z
    .strictObject({ address: z.string().optional(), namespace: z.string().optional() })
    .default({}),
});

export type SystemEntry = z.infer<typeof system>;
export type SalesforceConfig = z.infer<typeof salesforce>;
/** `dossier.yaml`, checked, its references replaced, its paths absolute. */
export type Config = z.infer<typeof configuration> & { readonly file: string };

/** JSON Schema of `dossier.yaml` for editors, draft 2020-12. */
export const configSchema = (): object => z.toJSONSchema(configuration, { io: 'input' });

/**
 * The configuration cannot be used. `usage`: the file is unreadable or no YAML; else a rule refuses
 * what it says.
 */
export class ConfigError extends Error {
  readonly complaints: readonly Complaint[];
  readonly usage: boolean;
  constructor(file: string, complaints: readonly Complaint[], usage = false) {
    super(
      `${file}: ` +
        `${complaints.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ')}`,
    );
    this.name = 'ConfigError';
    this.complaints = complaints;
    this.usage = usage;
  }
}

/**
 * Reads `dossier.yaml`. Variables come from the process, then from a file `.env` beside it.
 *
 * @throws ConfigError that names the file, the path in it and what to do
 */
export function loadConfig(
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const absolute = resolve(file);
  const folder = dirname(absolute);
  const envFile = resolve(folder, '.env');
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const variables = {
    ...(existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}),
    ...set,
  };
  const complaints: Complaint[] = [];
  const filled = replaceReferences(parseYaml(absolute), '', variables, complaints);
  const parsed = configuration.safeParse(filled);
  if (!parsed.success) complaints.push(...complaintsOf(parsed.error));
  else complaints.push(...contradictions(parsed.data));
  if (complaints.length > 0 || !parsed.success) throw new ConfigError(absolute, complaints);
  const config = parsed.data;
  const inFolder = (path: string) => resolve(folder, path);
  return {
    ...config,
    file: absolute,
    storage: { directory: inFolder(config.storage.directory) },
    connectors: Object.fromEntries(
      Object.entries(config.connectors).map(([name, path]) => [name, inFolder(path)]),
    ),
    notices: {
      ...config.notices,
      ...(config.notices.directory !== undefined && {
        directory: inFolder(config.notices.directory),
      }),
    },
    ...(config.salesforce && {
      salesforce: {
        ...config.salesforce,
        ...(config.salesforce.ca && { ca: inFolder(config.salesforce.ca) }),
        ...(config.salesforce.privateKeyFile && {
          privateKeyFile: inFolder(config.salesforce.privateKeyFile),
        }),
      },
    }),
  };
}

function parseYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      file,
      [
        {
          path: '',
          reason:
            `cannot be read (${(error as NodeJS.ErrnoException).code}); give its place by ` +
            '--config or DOSSIER_CONFIG',
        },
      ],
      true,
    );
  }
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) {
    throw new ConfigError(
      file,
      [{ path: '', reason: `is no YAML: ${problem.message.split('\n')[0]}` }],
      true,
    );
  }
  return document.toJS();
}

function replaceReferences(
  value: unknown,
  path: string,
  variables: Readonly<Record<string, string | undefined>>,
  complaints: Complaint[],
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      replaceReferences(item, `${path}[${index}]`, variables, complaints),
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const at = path === '' ? key : `${path}.${key}`;
        if (secretKeys.test(key) && typeof item === 'string' && !SECRET.test(item)) {
          complaints.push({
            path: at,
            reason:
              'is a secret, and secrets are given by reference only: "${NAME}" of an environment variable',
          });
        }
        return [key, replaceReferences(item, at, variables, complaints)];
      }),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replace(REFERENCE, (whole, name: string) => {
    const found = variables[name];
    if (found === undefined || found === '') {
      complaints.push({
        path,
        reason:
          `needs the environment variable ${name}, which is not set; export it or write it ` +
          'into .env beside the configuration',
      });
      return whole;
    }
    return found;
  });
}

function contradictions(config: z.infer<typeof configuration>): Complaint[] {
  const complaints: Complaint[] = [];
  const seen = new Set<string>(['data-cloud']);
  const folders = new Map([['data-cloud', 'data-cloud']]);
  config.systems.forEach(({ id }, index) => {
    const folder = id.toLowerCase();
    const other = folders.get(folder);
    if (seen.has(id)) {
      complaints.push({
        path: `systems[${index}].id`,
        reason: `"${id}" stands twice; every system needs its own ID`,
      });
    } else if (other !== undefined) {
      complaints.push({
        path: `systems[${index}].id`,
        reason:
          `"${id}" differs from "${other}" by capital letters only, and both are folders of ` +
          'one package; give another',
      });
    }
    seen.add(id);
    folders.set(folder, id);
  });
  for (const [name, policy] of Object.entries(config.policies)) {
    for (const system of policy.systems ?? []) {
      if (!seen.has(system)) {
        complaints.push({
          path: `policies.${name}.systems`,
          reason: `there is no system "${system}" under systems:`,
        });
      }
    }
  }
  return complaints;
}
