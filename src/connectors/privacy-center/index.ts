import * as z from 'zod';
import type { ConnectorModule, ConnectorParts, Question, VendorConnector } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import { policyRun, startPolicy, takePolicyFile, type PolicyScope } from './policy-run.ts';
import { letterFor } from '../shared/letter.ts';
import { salesforceOf } from '../shared/salesforce-of.ts';

/** Objects that a policy may begin at, by the first characters of their IDs. */
const ROOTS = {
  Account: '001',
  Contact: '003',
  User: '005',
  Lead: '00Q',
  Individual: '0PK',
} as const;
type Root = keyof typeof ROOTS;

const options = z.strictObject({
  policy: z.string().min(1).describe('The name of an active portability policy.'),
  roots: z
    .array(z.enum(Object.keys(ROOTS) as [Root, ...Root[]]))
    .default(['Contact', 'Lead', 'Account', 'Individual'])
    .describe(
      'Objects that the policy, or several that share a name, may begin at: IDs of other ' +
        'objects are not sent.',
    ),
  download: z
    .enum(['both', 'bearer', 'cookie'])
    .default('both')
    .describe('What the download is authorized by, for the vendor does not say.'),
});
type Options = z.infer<typeof options>;

/** What was begun, stored with the request: the files' IDs, and no person's. */
const referenceShape = z.object({ files: z.array(z.string()).min(1) });

/**
 * Privacy Center: its portability policy is run for each of the subject's records that this entry's
 * data sources name. We ask for its state until it is complete, and take its files in at once,
 * because they go after 60 days.
 *
 * @see REST API Developer Guide, "Portability"; read 2026-11
 */
export default {
  kind: 'vendor',
  needsSalesforce: true,
  options,
  create: (given, parts) => privacyCenter(given, parts),
} satisfies ConnectorModule<Options>;

function privacyCenter(
  { policy, roots, download }: Options,
  { id, dataSources, instructions, salesforce: handed }: ConnectorParts,
): VendorConnector {
  const salesforce = salesforceOf(id, handed);
  const scopeOf = (signal: AbortSignal): PolicyScope => ({
    salesforce,
    system: id,
    signal,
    download,
  });
  return {
    async ask(context, question) {
      const subjects = subjectIds(question, dataSources, roots);
      if (subjects.length === 0) {
        return {
          way: 'manual',
          why: 'no profile of its data sources has the ID of a record that the policy begins at',
          instructions: letterFor({ system: id, dataSources, instructions }, question),
        };
      }
      const files = begunBefore(context.resume);
      for (const subject of subjects.slice(files.length)) {
        files.push(await startPolicy(scopeOf(context.signal), policy, subject));
        context.heartbeat({ files });
      }
      return {
        way: 'poll',
        reference: JSON.stringify({ files } satisfies z.infer<typeof referenceShape>),
        expectedAt: null,
      };
    },
    async poll(context, reference) {
      const scope = scopeOf(context.signal);
      const { files: ids } = readReference(id, reference);
      const runs = [];
      for (const file of ids) {
        runs.push(await policyRun(scope, file));
      }
      if (runs.some(({ state }) => state === 'failed')) {
        throw new SystemFailure({
          kind: 'rejected',
          system: id,
          code: 'POLICY_FAILED',
          action: `Look at the last run of the policy "${policy}" in Privacy Center, then retry the system.`,
        });
      }
      if (runs.some(({ state }) => state === 'waiting')) {
        return { state: 'waiting', expectedAt: null };
      }
      const files: FileReceipt[] = [];
      for (const [index, { url }] of runs.entries()) {
        files.push(await takePolicyFile(scope, context, url, `policy-${index + 1}`));
      }
      const warnings = runs.reduce((sum, run) => sum + run.warnings, 0);
      return {
        state: 'answered',
        outcome: 'delivered',
        ...(warnings > 0 && {
          gaps: [
            {
              because: 'restricted' as const,
              note:
                `Privacy Center gave ${warnings} warning(s) with what it collected: something ` +
                'may be missing.',
              advice: `Look at the last run of the policy "${policy}" in Privacy Center.`,
            },
          ],
        }),
        receipt: {
          system: id,
          connector: 'privacy-center',
          name: `${id}-${ids[0] ?? ''}`,
          at: context.at,
          outcome: 'delivered',
          files,
          tables: [],
          provenance: {
            host: salesforce.host,
            api: `/services/data/v${salesforce.apiVersion}/consent/dsr/rtp/execute`,
            policy,
            runs: runs.length,
          },
          withheldRows: 0,
          notes: [],
        },
      };
    },
    async check(signal) {
      // No file has this ID: if the response is "not found", we may ask.
      await policyRun(scopeOf(signal), '0je000000000000').catch((error: unknown) => {
        if (!(error instanceof SystemFailure && error.facts.kind === 'rejected')) throw error;
      });
      return (
        `${salesforce.host} lets us ask after policy files; whether the policy "${policy}" is ` +
        'active shows at the first request'
      );
    },
  };
}

/** IDs of the subject's records in the company's org that a policy may begin at. */
function subjectIds(
  { profiles }: Question,
  dataSources: readonly string[],
  roots: readonly Root[],
): string[] {
  const prefixes = roots.map((root) => ROOTS[root]);
  const ids = profiles
    .filter(({ dataSource }) => dataSources.includes(dataSource))
    .map(({ partyId }) => partyId);
  return [
    ...new Set(
      ids.filter(
        (it) =>
          /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(it) &&
          prefixes.some((prefix) => it.startsWith(prefix)),
      ),
    ),
  ].toSorted();
}

/**
 * Runs that an earlier attempt began. Without them the vendor would begin a second run, because it
 * does not see that it is the same.
 */
function begunBefore(resume: unknown): string[] {
  const earlier = referenceShape.safeParse(resume);
  return earlier.success ? [...earlier.data.files] : [];
}

function readReference(system: string, reference: string): z.infer<typeof referenceShape> {
  try {
    return referenceShape.parse(JSON.parse(reference));
  } catch {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_REFERENCE' });
  }
}
