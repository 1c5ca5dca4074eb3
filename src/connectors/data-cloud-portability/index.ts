import type { SystemErrorCode } from '../../contract/errors/system-errors.ts';
import * as z from 'zod';
import type {
  ConnectorContext,
  ConnectorModule,
  ConnectorParts,
  PollAnswer,
  VendorConnector,
} from '../spi.ts';
import { foreignCode, SystemFailure } from '../../http/failure.ts';
import { withBucket, type Bucket, type Dropped } from './bucket.ts';
import { collectDrop } from './collect-drop.ts';
import { orderPortability } from './consent.ts';
import { salesforceOf } from '../shared/salesforce-of.ts';

const span = z.string().regex(/^\d+[smhd]$/, 'must be a length of time such as "12h"');
const credentials = z.strictObject({
  accessKeyId: z.string().describe('The ID of a key.'),
  secretAccessKey: z.string().describe('Its secret.'),
});

const options = z.strictObject({
  bucket: z.string().min(3).describe('The bucket that Data Cloud writes to.'),
  region: z.string().min(1).describe('Its region.'),
  folder: z
    .string()
    .regex(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/, 'must be a path such as "dsar/exports"')
    .default('dossier')
    .describe('The folder below which each request has one of its own.'),
  write: credentials.describe('Handed to Salesforce: a key that may write there and nothing else.'),
  read: credentials.optional().describe('What Dossier reads with; by default `write`.'),
  endpoint: z.url().optional().describe("A server that speaks S3, in place of Amazon's."),
  requests: z
    .array(z.enum(['access', 'portability']))
    .min(1)
    .default(['portability'])
    .describe('The requests that it is asked about.'),
  quietFor: span
    .default('1d')
    .describe(
      'How long nothing may have changed before the files count as whole: nobody says when ' +
        'they are.',
    ),
  partialAfter: span
    .default('3d')
    .describe('How long the others are waited for, where some profiles have their files.'),
});
type Options = z.infer<typeof options>;

/** The code of a profile that is not asked for, because its party ID is another person's too. */
const SHARED = 'ID_SHARED' satisfies SystemErrorCode;

/** What was asked for: numbers of profiles, and no personal ID. Stored with the request. */
const referenceShape = z.object({
  folder: z.string(),
  asked: z.array(z.number()),
  failed: z.array(z.object({ profile: z.number(), code: z.string() })),
});
type Reference = z.infer<typeof referenceShape>;

/**
 * Data Cloud's own portability: the Consent API has it write each profile's data to a bucket of the
 * company. No message says when the files are whole, or which form they have. So the bucket is
 * watched until it is quiet, and they are taken as they are.
 *
 * The bucket keeps its copy: give it a lifecycle rule.
 */
export default {
  kind: 'vendor',
  needsSalesforce: true,
  options,
  create: (given, parts) => dataCloudPortability(given, parts),
} satisfies ConnectorModule<Options>;

function dataCloudPortability(
  given: Options,
  { id: system, salesforce: handed }: ConnectorParts,
): VendorConnector {
  const salesforce = salesforceOf(system, handed);
  const { bucket, region, endpoint, write, read = write } = given;
  const inBucket = <Result>(signal: AbortSignal, work: (it: Bucket) => Promise<Result>) =>
    withBucket(
      { bucket, region, ...read, ...(endpoint !== undefined && { endpoint }) },
      { system, signal },
      work,
    );
  return {
    asksAlways: true,
    asksByPartyId: true,
    requestTypes: given.requests,
    async ask(context, { profiles, sharedPartyIds = [] }, generation) {
      const folder = `${given.folder}/${context.requestId}/${generation}`;
      const order: Reference = orderedBefore(context.resume, folder);
      const ids = profiles.map(({ partyId }) => partyId);
      for (const [index, id] of ids.entries()) {
        const profile = index + 1;
        if (
          ids.indexOf(id) < index ||
          [...order.asked, ...order.failed.map((it) => it.profile)].includes(profile)
        ) {
          continue;
        }
        const ordered = sharedPartyIds.includes(id)
          ? ({ taken: false, code: SHARED } as const)
          : await orderPortability(salesforce, { system, signal: context.signal }, id, {
              bucket,
              region,
              folder: `${folder}/profile-${profile}`,
              ...write,
            });
        if (ordered.taken) order.asked.push(profile);
        else order.failed.push({ profile, code: ordered.code });
        context.heartbeat(order);
      }
      const [refused] = order.failed;
      if (
        order.asked.length === 0 &&
        order.failed.length > 0 &&
        order.failed.every(({ code }) => code === SHARED)
      ) {
        throw new SystemFailure({
          kind: 'rejected',
          system,
          code: SHARED,
          action:
            "Every party ID is another person's too, and Data Cloud is asked by ID alone: its " +
            'files would hold theirs. Go on without it (skipSystem): the profiles are ' +
            'exported by query.',
        });
      }
      if (order.asked.length === 0 && refused !== undefined) {
        throw new SystemFailure({
          kind: 'rejected',
          system,
          code: foreignCode(refused.code),
          action:
            'Data Cloud refused every profile. Check that the user may change consent ' +
            '(ConsentApiUpdate) and that the Individual ID is mapped, then retry the system.',
        });
      }
      return { way: 'poll', reference: JSON.stringify(order), expectedAt: null };
    },
    async poll(context, reference) {
      const order = readReference(system, reference);
      if (order.asked.length === 0) {
        return {
          state: 'answered',
          outcome: 'nothing-held',
          note: 'no profile was found, so nothing was ordered',
        };
      }
      return inBucket(context.signal, (it) => answerFrom(it, context, order, given));
    },
    async check(signal) {
      const found = await inBucket(signal, (it) => it.list(`${given.folder}/dossier-check/`));
      return (
        `the bucket ${bucket} lets us read ${given.folder}/ (${found.length} object(s) of a ` +
        `check); asked for ${given.requests.join(', ')} requests`
      );
    },
  };
}

async function answerFrom(
  bucket: Bucket,
  context: ConnectorContext,
  { folder, asked, failed }: Reference,
  { quietFor, partialAfter, bucket: name, region }: Options,
): Promise<PollAnswer> {
  const drops = new Map<number, readonly Dropped[]>();
  for (const profile of asked) {
    drops.set(profile, await bucket.list(`${folder}/profile-${profile}/`));
    context.heartbeat({ profile });
  }
  const missing = asked.filter((profile) => drops.get(profile)?.length === 0);
  const quiet =
    Date.parse(context.at) -
    Math.max(...[...drops.values()].flat().map(({ changedAt }) => changedAt));
  if (
    missing.length === asked.length ||
    quiet < milliseconds(quietFor) ||
    (missing.length > 0 && quiet < milliseconds(partialAfter))
  ) {
    return { state: 'waiting', expectedAt: null };
  }
  const files = [];
  for (const [profile, dropped] of drops) {
    files.push(
      ...(await collectDrop(context, bucket, {
        profile,
        prefix: `${folder}/profile-${profile}/`,
        dropped,
      })),
    );
  }
  const gaps = [
    ...missing.map((profile) => ({
      because: 'overdue' as const,
      profile,
      note: `Data Cloud wrote no files for profile ${profile}.`,
    })),
    ...failed.map(({ profile, code }) =>
      code === SHARED
        ? {
            because: 'ambiguous-rows' as const,
            profile,
            note:
              `The customer number of profile ${profile} is another person's too. Data Cloud is ` +
              'asked by it alone, and its files would hold theirs: they were not ordered.',
          }
        : {
            because: 'rejected' as const,
            profile,
            note: `Data Cloud took no order for files of profile ${profile}.`,
            advice: `It refused the portability order by the Consent API (${code}).`,
            code,
          },
    ),
  ];
  return {
    state: 'answered',
    outcome: 'delivered',
    gaps,
    receipt: {
      system: context.system,
      connector: 'data-cloud-portability',
      name: `${context.system}-${folder.split('/').at(-1) ?? ''}`,
      at: context.at,
      outcome: 'delivered',
      files,
      tables: [],
      provenance: {
        api: 'consent/action/portability?mode=cdp',
        bucket: name,
        region,
        folder,
        profiles: asked.length,
      },
      withheldRows: 0,
      notes: [
        'Data Cloud wrote these files by itself; Salesforce does not document their form.',
        ...gaps.map(({ note }) => note),
      ],
    },
  };
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const milliseconds = (text: string): number =>
  Number.parseInt(text, 10) * UNITS[text.slice(-1) as keyof typeof UNITS];

function orderedBefore(resume: unknown, folder: string): Reference {
  const earlier = referenceShape.safeParse(resume);
  return earlier.success && earlier.data.folder === folder
    ? earlier.data
    : { folder, asked: [], failed: [] };
}

function readReference(system: string, reference: string): Reference {
  try {
    return referenceShape.parse(JSON.parse(reference));
  } catch {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_REFERENCE' });
  }
}
