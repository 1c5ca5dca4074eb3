import type { Client } from '@temporalio/client';
import { describeRequest } from '../client/read-status.ts';
import { DossierError } from '../client/dossier-error.ts';
import { workflowIdOf } from '../contract/contract.ts';
import type { Store } from '../storage/filesystem.ts';
import type { Held } from '../storage/held.ts';

/**
 * How a request is in Temporal. `living` runs, or may run. `elsewhere` was registered by another
 * namespace or server, and may run there. `forgotten` is unknown to Temporal. Every other value is
 * Temporal's own word for an end.
 */
export interface Standing {
  readonly as:
    | 'living'
    | 'elsewhere'
    | 'completed'
    | 'failed'
    | 'terminated'
    | 'cancelled'
    | 'timed-out'
    | 'forgotten';
  readonly endedAt: number | null;
}

/** Files of a request that no longer runs. */
export interface Leftover extends Held, Standing {
  readonly requestId: string;
}

/** The most requests that one look asks Temporal about. */
const MOST = 500;
const AT_ONCE = 10;

const ENDS: Readonly<Record<string, Standing['as']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  TERMINATED: 'terminated',
  CANCELED: 'cancelled',
  CANCELLED: 'cancelled',
  TIMED_OUT: 'timed-out',
};

/**
 * How a request is in Temporal. It is `living` unless it has surely ended. A server that did not
 * register a request does not know it, so the request is then `elsewhere`.
 *
 * @throws DossierError if Temporal does not answer: then nothing is known, and nothing is deleted
 */
export async function standingOf(
  client: Client,
  store: Store,
  requestId: string,
): Promise<Standing> {
  const registeredBy = (await store.readRecord(requestId))?.namespaceId;
  if (registeredBy !== undefined && registeredBy !== (await namespaceIdOf(client))) {
    return { as: 'elsewhere', endedAt: null };
  }
  try {
    const { status, closeTime } = await describeRequest(client, requestId);
    return { as: ENDS[status.name] ?? 'living', endedAt: closeTime?.getTime() ?? null };
  } catch (error) {
    if (!(error instanceof DossierError) || error.code !== 'not-found') throw error;
    // Another type of workflow may have the ID. Then it is unknown whose files these are.
    const others = await client.workflow
      .getHandle(workflowIdOf(requestId))
      .describe()
      .then(
        () => true,
        () => false,
      );
    return { as: others ? 'living' : 'forgotten', endedAt: null };
  }
}

const namespaceIds = new WeakMap<Client, Promise<string>>();

/** The server's own ID of the client's namespace. */
function namespaceIdOf(client: Client): Promise<string> {
  const known =
    namespaceIds.get(client) ??
    client.workflowService
      .describeNamespace({ namespace: client.options.namespace })
      .then(({ namespaceInfo }) => namespaceInfo?.id ?? '');
  namespaceIds.set(client, known);
  return known;
}

const isLeft = ({ files, remembered }: Pick<Held, 'files' | 'remembered'>): boolean =>
  files > 0 || remembered;

/**
 * Every request with files that no longer runs. A request that ended by itself leaves letters that
 * are still to be sent; unless `letters` is set, it is left out if it has nothing else.
 */
export async function findLeftovers(
  client: Client,
  store: Store,
  { letters = false, most = MOST }: { readonly letters?: boolean; readonly most?: number } = {},
): Promise<Leftover[]> {
  const living = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: 'CloseTime IS NULL' })) {
    living.add(workflowId);
  }
  const held: (Held & { requestId: string })[] = [];
  for (const requestId of await store.requestsHeld()) {
    if (!living.has(workflowIdOf(requestId))) {
      held.push({ requestId, ...(await store.measureHeld(requestId)) });
    }
  }
  // Letters of many ended requests must not come before worse leftovers.
  const asked = held
    .filter(isLeft)
    .sort((a, b) => Number(a.onlyLetters) - Number(b.onlyLetters))
    .slice(0, most);
  const found: Leftover[] = [];
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    found.push(
      ...(await Promise.all(
        asked
          .slice(from, from + AT_ONCE)
          .map(async (it) => ({ ...it, ...(await standingOf(client, store, it.requestId)) })),
      )),
    );
  }
  return found.filter(
    ({ as, files, onlyLetters, remembered }) =>
      as !== 'living' &&
      as !== 'elsewhere' &&
      isLeft({ files, remembered }) &&
      (letters || as !== 'completed' || !onlyLetters),
  );
}

/**
 * Deletes what is left of a request; a deletion receipt stays. The caller has made sure that the
 * request no longer runs.
 */
export async function deleteLeftover(
  store: Store,
  requestId: string,
  { why, at }: { readonly why: string; readonly at: string },
): Promise<{
  files: number;
  bytes: number;
  receipt: string;
}> {
  const { files, bytes } = await store.removeRequest(requestId);
  const before = await store.readDeletionReceipt(requestId);
  const receipt = await store.putDeletionReceipt(requestId, {
    ...before,
    requestId,
    at,
    why: before === undefined ? why : before.why,
    as: before?.as ?? 'purged',
    ...(before !== undefined && { purgedAt: at, purgedFor: why }),
    files: files + Number(before?.files ?? 0),
    bytes: bytes + Number(before?.bytes ?? 0),
  });
  return { files, bytes, receipt };
}
