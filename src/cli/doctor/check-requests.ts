import { workflowIdOf } from '../../contract/contract.ts';
import type { Client } from '@temporalio/client';
import { listRequests, type ListedRequest } from '../../client/list-requests.ts';
import { readStatus } from '../../client/read-status.ts';
import { currentRelease, isServed, pollersOf } from '../../client/releases.ts';
import { findLeftovers } from '../../leftovers/leftovers.ts';
import type { Store } from '../../storage/filesystem.ts';
import { Finds, look, type Checked, type Finding } from './finding.ts';

/** The most requests named in one line. */
const NAMED = 5;

/** Reasons why a request stands still although its systems would answer, and what to type. */
const STANDSTILLS: readonly {
  readonly on: RegExp;
  readonly what: string;
  readonly action: (id: string, key: string) => string;
}[] = [
  {
    on: /^operator:workflow-paused$/,
    what: 'paused in Temporal',
    action: (id) => `temporal workflow unpause -w ${workflowIdOf(id)}`,
  },
  {
    on: /^operator:workflow-task-failed$/,
    what: 'a worker fails at the next step',
    action: (id) => `dossier request show ${id}`,
  },
  {
    on: /^operator:workflow-(terminated|failed|cancelled|timed-out)$/,
    what: 'ended in Temporal before its answer',
    action: (id) =>
      `temporal workflow reset -w ${workflowIdOf(id)} --type LastWorkflowTask --reason "…", or dossier purge ${id}`,
  },
  {
    on: /^operator:release-without-worker$/,
    what: 'its named release has no worker',
    action: (id) =>
      `temporal workflow update-options -w ${workflowIdOf(id)} --versioning-override-behavior ` +
      'auto_upgrade, or start a worker of the release',
  },
  {
    on: /^operator:codec-key$/,
    what: 'a message waits for a codec key',
    action: (_id, key) => `add the key ${key} to DOSSIER_CODEC_KEYS of every worker`,
  },
  {
    on: /^operator:cancelled$/,
    what: 'cancelled in Temporal',
    action: (id) =>
      `dossier request continue ${id} --reason "…", or dossier request withdraw ${id} --reason "…"`,
  },
  {
    on: /^operator:reset$/,
    what: 'reset in Temporal after its answer',
    action: (id) =>
      `dossier request continue ${id} --reason "…", or dossier request withdraw ${id} --reason "…"`,
  },
];

/**
 * Checks for requests that stand still, for named releases without a worker, and for files that
 * nobody needs any more.
 */
export async function checkRequests(client: Client, store: Store | undefined): Promise<Finding[]> {
  return Promise.all([
    look('requests', () => standstills(client, store)),
    look('releases', () => releases(client)),
    ...(store === undefined ? [] : [look('left behind', () => leftBehind(client, store))]),
  ]);
}

async function standstills(client: Client, store: Store | undefined): Promise<Checked> {
  const listed = await listRequests(client, {});
  const found: { text: string; action: string }[] = [];
  for (const { on, what, action } of STANDSTILLS) {
    const those: ListedRequest[] = [];
    for (const it of listed) {
      if (it.waitingOn.some((waiting) => on.test(waiting)) && !(await isSettled(it, store))) {
        those.push(it);
      }
    }
    const [first] = those;
    if (first !== undefined) {
      found.push({
        text: `${named(those)}: ${what}`,
        action: action(
          first.requestId,
          on.test('operator:codec-key') ? await keysOf(client, first.requestId) : '',
        ),
      });
    }
  }
  if (found.length > 0) {
    throw new Finds(
      `${found.map(({ text }) => text).join('; ')}.`,
      found.map(({ action }) => action),
    );
  }
  const refused: ListedRequest[] = [];
  for (const it of listed) {
    if (wasRefused(it) && (await store?.readDeletionReceipt(it.requestId)) === undefined) {
      refused.push(it);
    }
  }
  const [first] = refused;
  return {
    found: `${listed.length} known; none stands still`,
    warnings:
      first === undefined
        ? []
        : [
            `${named(refused)}: refused at the start, which whoever started it in Temporal may ` +
              `not have seen. See why, and start it anew: dossier request show ${first.requestId}`,
          ],
  };
}

/** Whether the input was refused at the start, so there is nothing to continue. */
const wasRefused = ({ stage, waitingOn }: ListedRequest): boolean =>
  waitingOn.includes('operator:workflow-failed') && ['received', 'planning'].includes(stage);

/** Whether nothing is left to do: the files were purged, or the input was refused at the start. */
async function isSettled(request: ListedRequest, store: Store | undefined): Promise<boolean> {
  const hasEnded = request.waitingOn.some((it) =>
    /^operator:workflow-(terminated|failed|cancelled|timed-out)$/.test(it),
  );
  if (!hasEnded) return false;
  return wasRefused(request) || (await store?.readDeletionReceipt(request.requestId)) !== undefined;
}

/** The IDs of the keys that a request's messages wait for, from its status. */
async function keysOf(client: Client, requestId: string): Promise<string> {
  const status = await readStatus(client, requestId).catch(() => undefined);
  const reason = status?.waits.find(({ on }) => on === 'operator:codec-key')?.reason ?? '';
  return (
    /the key (.+), which no worker has/.exec(reason)?.[1] ??
    `that dossier request show ${requestId} names`
  );
}

async function releases(client: Client): Promise<string> {
  const [current, pollers] = [await currentRelease(client), await pollersOf(client)];
  if (current !== null && !isServed(pollers, current)) {
    throw new Finds(
      `New requests go to the release ${current}, and no worker of it asks for work.`,
      [
        `Start one with DOSSIER_BUILD_ID=${current}`,
        'Or make another current: temporal worker deployment set-current-version ' +
          '--deployment-name dossier --build-id <release>',
      ],
    );
  }
  const names = [...new Set(pollers.flatMap(({ release }) => release ?? []))];
  if (current === null && names.length > 0 && !isServed(pollers, null)) {
    throw new Finds(
      `Workers of ${names.join(', ')} ask for work, and no release is current: new requests go nowhere.`,
      [
        `temporal worker deployment set-current-version --deployment-name dossier --build-id ${names[0]}`,
      ],
    );
  }
  return current === null ? 'none has a name' : `new requests go to ${current}`;
}

async function leftBehind(client: Client, store: Store): Promise<string> {
  const left = await findLeftovers(client, store);
  if (left.length === 0) return 'no files of requests that go on no more';
  const files = left.reduce((sum, it) => sum + it.files, 0);
  throw new Finds(
    `${files} file(s) of ${named(left)} belong to no living request ` +
      `(${[...new Set(left.map(({ as }) => as))].join(', ')}).`,
    [
      `Delete them: dossier purge ${left[0]?.requestId} --yes`,
      'Workers delete them by themselves after DOSSIER_SWEEP_AFTER_DAYS, 7 days by default.',
    ],
  );
}

const named = (requests: readonly Pick<ListedRequest, 'requestId'>[]): string =>
  `${requests
    .slice(0, NAMED)
    .map(({ requestId }) => requestId)
    .join(', ')}${requests.length > NAMED ? ` and ${requests.length - NAMED} more` : ''}`;
