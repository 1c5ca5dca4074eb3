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
  // Requests use a system's ID as the key of what they know about it.
  .refine((it) => !(it in {}), 'is a name that every JavaScript object has; give another')
  .superRefine((it, context) => {
    const reason = idReason(it);
    if (reason !== undefined) context.addIssue({ code: 'custom', message: reason });
  });

/** One system: the entry's own fields. Its connector checks the other fields. */
const system = z.looseObject({
  id: id.describe(
    "The system's name in statuses and orders, and a folder in packages: 64 letters, " +
      'digits, `_` and `-` at most, no name that Windows keeps for devices, and none that ' +
      'differs from another by capital letters only.',
  ),
  connector: z
    .string()
    .describe("A connector of Dossier's, or one of the company's own under `connectors`."),
  dataSources: z
    .array(z.string())
    .default([])
    .describe('IDs of the Data Cloud data sources that it owns: profiles from them have it asked.'),
  instructions: z.string().optional().describe('For an operator: what to ask whom.'),
  inbox: z
    .array(z.string())
    .optional()
    .describe('Folders, besides its own inbox, that its files may lie in.'),
});

const policyName = z
  .string()
  .max(64, 'may hold 64 characters at most')
  .refine((it) => !(it in {}), 'is a name that every JavaScript object has; give another');
/**
 * A policy. `overridable` is what the JSON of a request may loosen: everything, or these fields.
 * Without it a request can only tighten.
 */
const policy = configuredPolicy;

const salesforce = z
  .strictObject({
    loginUrl: z.url().describe('My Domain, such as `https://acme.my.salesforce.com`.'),
    clientId: z.string().describe('The client ID of the External Client App.'),
    clientSecret: z.string().optional().describe('For the client credentials flow.'),
    privateKeyFile: z
      .string()
      .optional()
      .describe('For the JWT bearer flow, instead of `clientSecret`: a PEM file.'),
    username: z
      .string()
      .optional()
      .describe('For the JWT bearer flow: the user that it stands for.'),
    audience: z
      .string()
      .optional()
      .describe('For the JWT bearer flow: the audience; by default the login URL.'),
    apiVersion: z
      .string()
      .regex(/^\d{2}\.0$/)
      .default('67.0')
      .describe('`64.0` or later, for Query Connect.'),
    dataSpaces: z
      .array(z.string())
      .default(['default'])
      .describe('Every data space that holds people; a query sees one only.'),
    rulesets: z
      .union([z.literal('auto'), z.array(z.string())])
      .default('auto')
      .describe('`auto`, or the identity rulesets that count.'),
    exclude: z
      .array(z.string())
      .default([])
      .describe('Objects that are never exported, by API name; every package names them.'),
    ca: z
      .string()
      .optional()
      .describe('A PEM file of an authority to trust besides the known ones.'),
    query: z
      .enum(['auto', 'connect', 'v3', 'v2'])
      .default('auto')
      .describe(
        'The API that runs queries in Data Cloud: `connect` (Query Connect, on the core ' +
          "host), `v3` or `v2` (on the tenant's host, by token exchange), or `auto`: the first " +
          'of them that the org has.',
      ),
    discoverEvery: z
      .string()
      .regex(/^\d{1,3}[mhd]$/, 'must be a time such as "24h"')
      .default('24h')
      .describe(
        "How long Dossier goes by what it has read of a data space's objects, before it reads " +
          'metadata anew; `dossier discover --fresh` and `retrySystem` read at once.',
      ),
    keepFree: z
      .string()
      .regex(/^\d{1,2}%$/, 'must be a share such as "20%"')
      .default('20%')
      .describe(
        "The share of the org's API calls in 24 hours that stays free for others. Every " +
          'answer tells what all callers together have used, so it holds across all workers; ' +
          "calls on the tenant's host do not count.",
      ),
    limitWait: z
      .string()
      .regex(/^\d{1,4}[smh]$/, 'must be a time such as "15m"')
      .default('15m')
      .describe(
        'How long to wait before asking again where the allowance, or the share, is spent.',
      ),
  })
  .refine(
    (it) => (it.clientSecret === undefined) !== (it.privateKeyFile === undefined),
    'needs either clientSecret (client credentials) or privateKeyFile and username (JWT bearer)',
  );

const FILE_GIB = 8;
const configuration = z.strictObject({
  version: z.literal(1).describe('The version of this form.'),
  salesforce: salesforce
    .optional()
    .describe("The company's Salesforce org, for Data Cloud and the clouds on its core."),
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
    .default({})
    .describe(
      "Connectors of the company's own, by name: the path of a JavaScript module each, " +
        'relative to this file.',
    ),
  systems: z
    .array(system)
    .default([])
    .describe('Every system that may hold personal data besides Data Cloud.'),
  notUsed: z
    .record(z.string(), z.string().min(3))
    .default({})
    .describe(
      'By cloud: who said that this Salesforce cloud is not used, and when. A known cloud ' +
        'that is neither configured nor listed here fails `doctor` and is a gap in every ' +
        'package.',
    ),
  policies: z
    .record(policyName, policy)
    .default({})
    .describe('Policies by name; `default` holds for requests that name none.'),
  storage: z.strictObject({
    directory: z
      .string()
      .describe(
        'Where inbox, working files, packages, records and outbox rest; a worker does not start ' +
          'where it cannot write there.',
      ),
  }),
  limits: z
    .strictObject({
      identifiers: z
        .number()
        .int()
        .min(1)
        .max(MOST_IDENTIFIERS)
        .default(IDENTIFIERS)
        .describe(
          'Addresses, numbers and IDs that one request may hold, 1,000 at most: each costs ' +
            'look-ups in every data space.',
        ),
      fileGiB: z
        .number()
        .positive()
        .max(1024)
        .default(FILE_GIB)
        .describe(
          'GiB of one file that a cloud or a vendor hands over. A larger download is the gap ' +
            '`rejected`; a larger file in the inbox is quarantined.',
        ),
    })
    .default({ identifiers: IDENTIFIERS, fileGiB: FILE_GIB }),
  accept: z
    .strictObject({
      clear: z
        .enum(ACCEPTED, 'must be never, input or all')
        .describe(
          'What is taken that was sent without the codec: `never` nothing, `input` the request ' +
            'itself, `all`; frozen into a request when it is planned.',
        ),
    })
    .default({ clear: 'all' }),
  controller: z
    .strictObject({
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .describe(
          'Where the controller acts, for laws that look there: ISO 3166-1, two capital ' +
            'letters.',
        ),
      region: z.string().optional().describe('ISO 3166-2 without the country.'),
      timeZone: z
        .string()
        .optional()
        .describe('The IANA zone that days are counted in, where the place does not say it.'),
      name: z.string().optional().describe("The controller's name, for packages and letters."),
    })
    .optional(),
  notices: z
    .strictObject({
      directory: z
        .string()
        .optional()
        .describe("The folder of the company's own wording of letters."),
      language: z
        .string()
        .optional()
        .describe('The language of letters where it is not known; `en` by default.'),
      contact: z.string().optional().describe('An address for questions, in every letter.'),
      authority: z
        .strictObject({
          name: z.string().describe('An authority that is named first in every letter.'),
          web: z.url().describe('Its web page.'),
          address: z.string().optional().describe('Its postal address.'),
          phone: z.string().optional().describe('Its telephone number.'),
        })
        .optional(),
    })
    .default({}),
  temporal: z
    .strictObject({
      address: z
        .string()
        .optional()
        .describe('Only what `TEMPORAL_ADDRESS` does not say; `127.0.0.1:7233` by default.'),
      namespace: z
        .string()
        .optional()
        .describe('Only what `TEMPORAL_NAMESPACE` does not say; `default` by default.'),
    })
    .default({}),
});

export type SystemEntry = z.infer<typeof system>;
export type SalesforceConfig = z.infer<typeof salesforce>;
/** `dossier.yaml`, checked, its references replaced, its paths absolute. */
export type Config = z.infer<typeof configuration> & { readonly file: string };

/** JSON Schema of `dossier.yaml` for editors, draft 2020-12. */
export const configSchema = (): object => z.toJSONSchema(configuration, { io: 'input' });

/**
 * The configuration cannot be used. `usage`: the file is unreadable or no YAML. Otherwise a rule
 * refuses what it says.
 */
export class ConfigError extends Error {
  readonly complaints: readonly Complaint[];
  readonly usage: boolean;
  constructor(file: string, complaints: readonly Complaint[], usage = false) {
    super(
      `${file}: ` +
        complaints
          .map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`))
          .join('; '),
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
