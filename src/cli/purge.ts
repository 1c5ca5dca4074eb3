import { workflowIdOf } from '../contract/contract.ts';
import type { Client } from '@temporalio/client';
import { DossierError } from '../client/dossier-error.ts';
import type { Config } from '../config/config.ts';
import { deleteLeftover, standingOf, type Standing } from '../leftovers/leftovers.ts';
import type { Store } from '../storage/filesystem.ts';
import { askedVendors, tellVendors, type AskedVendor } from '../leftovers/asked-vendors.ts';

/** The result of `dossier purge`, which `--json` prints. */
export interface Purged {
  readonly requestId: string;
  /** How the workflow ended. `forgotten` if Temporal no longer has it. */
  readonly workflow: string;
  readonly files: number;
  readonly bytes: number;
  /** The path of the deletion receipt. */
  readonly receipt: string;
  readonly told: readonly string[];
  /** Vendors that a person must tell. */
  readonly untold: readonly { readonly system: string; readonly why: string }[];
}

/**
 * Deletes every file of a request that has ended, and tells the vendors that were asked. `sure`
 * asks the operator, and throws if the reply is no.
 *
 * @throws DossierError `not-allowed` for a request that is still open, `not-found` if nothing is
 *   left, and whatever `sure` throws
 */
export async function purge({
  client,
  config,
  store,
  requestId,
  sure,
  signal,
  otherNamespace = false,
}: {
  readonly client: Client;
  readonly config: Config;
  readonly store: Store;
  readonly requestId: string;
  readonly sure: (question: string) => Promise<void>;
  readonly signal: AbortSignal;
  /**
   * Whether to purge also what another namespace or server registered, which this one cannot know.
   */
  readonly otherNamespace?: boolean;
}): Promise<Purged> {
  const standing = async (): Promise<Standing['as']> => {
    const found = (await standingOf(client, store, requestId)).as;
    return found === 'elsewhere' && otherNamespace ? 'forgotten' : found;
  };
  const as = await standing();
  if (as === 'elsewhere') {
    throw new DossierError({
      code: 'not-allowed',
      message: `Request ${requestId} was registered by another Temporal namespace or server, where it may go on.`,
      where: requestId,
      actions: [
        'Give the address and namespace that its worker uses (TEMPORAL_ADDRESS, ' +
          'TEMPORAL_NAMESPACE, --config).',
        `If that server is gone for good: dossier purge ${requestId} --other-namespace`,
      ],
    });
  }
  if (as === 'living') {
    throw new DossierError({
      code: 'not-allowed',
      message: `Request ${requestId} goes on: its files are still needed.`,
      where: requestId,
      actions: [
        `End it, which deletes its files too: dossier request withdraw ${requestId} --reason "…"`,
      ],
    });
  }
  const held = await store.measureHeld(requestId);
  if (held.files === 0 && !held.remembered) {
    throw new DossierError({
      code: 'not-found',
      message: `No file of a request ${requestId} lies in ${store.directory}.`,
      where: requestId,
      actions: ['See what is left of other requests: dossier doctor'],
    });
  }
  const revived =
    as === 'forgotten' || as === 'completed'
      ? ''
      : ` (\`temporal workflow reset -w ${workflowIdOf(requestId)} --type LastWorkflowTask --reason ` +
        `"…"\` has it go on instead.)`;
  await sure(
    `${held.files} file(s) of ${requestId}, whose workflow is ${as}, are deleted, and this ` +
      `cannot be taken back.${revived} Delete them?`,
  );
  if ((await standing()) !== as) {
    throw new DossierError({
      code: 'not-allowed',
      message: `Request ${requestId} has changed meanwhile, and nothing was deleted.`,
      where: requestId,
      actions: [`See how it stands: dossier request show ${requestId}`],
    });
  }
  const asked: readonly AskedVendor[] =
    as === 'forgotten' || as === 'completed' ? [] : await askedVendors(client, requestId);
  const { told, untold } = await tellVendors({ config, store, requestId, asked, signal });
  const { files, bytes, receipt } = await deleteLeftover(store, requestId, {
    why: `purged by an operator; its workflow was ${as}`,
    at: new Date().toISOString(),
  });
  return { requestId, workflow: as, files, bytes, receipt, told, untold };
}
